package io.longwatch.starter.docs;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.longwatch.contract.ActionCatalog;
import io.longwatch.contract.ActionSpec;
import io.longwatch.starter.actions.ActionPage;
import io.longwatch.starter.actions.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Every action by system, from the contracts. */
final class ActionCatalogue {
    private final ActionCatalog catalog;

    ActionCatalogue(ActionCatalog catalog) {
        this.catalog = catalog;
    }

    String markdown() {
        Map<String, List<ActionSpec>> systems =
                catalog.all().stream().collect(groupingBy(ActionSpec::system, TreeMap::new, toList()));
        Markdown page = new Markdown()
                .heading(1, "Actions")
                .paragraph(Resource.text("actions-head.md"))
                .table(List.of("Action", "What it does", "Effect", "Undo"), overview());
        systems.values().forEach(actions -> system(page, actions));
        return page.toString();
    }

    private List<List<String>> overview() {
        List<List<String>> rows = new ArrayList<>();
        for (ActionSpec action : catalog.all()) {
            ActionPage page = ActionPage.of(action);
            rows.add(List.of(
                    "[`" + action.name() + "`](#" + Markdown.anchor(action.name()) + ")",
                    action.title(),
                    ActionPage.effect(action.effect()),
                    page.undo() == null ? "" : word(page.undo())));
        }
        return rows;
    }

    private static void system(Markdown page, List<ActionSpec> actions) {
        ActionSpec first = actions.get(0);
        page.heading(2, first.systemTitle())
                .paragraph(
                        first.connected()
                                ? "Needs a connection of kind `" + first.connectionKind()
                                        + "` in the environment's configuration."
                                : "Needs no connection of its own.");
        actions.forEach(action -> action(page, ActionPage.of(action)));
    }

    private static void action(Markdown page, ActionPage action) {
        page.heading(3, action.name())
                .paragraph("**" + action.title() + ".** " + action.description())
                .paragraph(effect(action))
                .paragraph("One attempt takes at most " + action.attempt() + ", all together " + action.timeout()
                        + " unless the step says otherwise.")
                .code(
                        "yaml",
                        "uses: " + action.name() + "\nwith:\n"
                                + action.example().strip().indent(2));
        parts(page, "Inputs", "Input", action.inputs(), true);
        parts(page, "Recorded before the effect", "Field", action.before(), false);
        parts(page, "Result", "Field", action.result(), false);
    }

    private static String effect(ActionPage action) {
        List<String> words = new ArrayList<>(List.of(action.effectInWords()));
        if (action.undo() != null) {
            words.add(action.undoInWords() + " (`undo: " + word(action.undo()) + "`)");
        }
        if (action.serving()) {
            words.add("Users feel it when it is taken back.");
        }
        if (action.takesOver()) {
            words.add(
                    "In a release that superseded another it goes back to what stood before that one, where both changed it.");
        }
        if (action.backfills()) {
            words.add("Can look at a past instant, so that looks which a soak missed are filled in.");
        }
        return String.join(" ", words);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void parts(Markdown page, String title, String head, List<Part> parts, boolean asked) {
        if (parts.isEmpty()) {
            return;
        }
        page.paragraph("*" + title + "*");
        page.table(
                asked
                        ? List.of(head, "Type", "Required", "Meaning", "Example")
                        : List.of(head, "Type", "Meaning", "Example"),
                parts.stream().map(part -> row(part, asked)).toList());
    }

    private static List<String> row(Part part, boolean asked) {
        List<String> cells = new ArrayList<>(List.of("`" + part.name() + "`", part.type()));
        if (asked) {
            cells.add(part.required() ? "yes" : "");
        } else if (!part.required()) {
            cells.set(1, part.type() + ", may be absent");
        }
        cells.add(part.description() + (part.unit().isEmpty() ? "" : " (" + part.unit() + ")"));
        cells.add(Markdown.literal(part.example()));
        return cells;
    }
}
