package io.longwatch.starter.actions;

import io.longwatch.contract.ActionSpec;
import io.longwatch.contract.Effect;
import io.longwatch.contract.Undo;
import io.longwatch.plan.Durations;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reference of an action.
 *
 * @param name as a step names it
 * @param system its system
 * @param connection kind of connection it needs; empty if it needs none
 * @param title in a few words
 * @param description in more
 * @param effect what it leaves behind
 * @param undo when a rollback undoes it, or null if there is nothing to undo
 * @param serving whether users feel it
 * @param takesOver whether its way back leads past a release whose place was taken
 * @param backfills whether it can look at a past instant
 * @param attempt longest time of one attempt
 * @param timeout default time of all attempts
 * @param inputs what it takes
 * @param before what it records ahead of its effect
 * @param result what it finds
 * @param example a step's {@code with}, in YAML
 */
public record ActionPage(
        String name,
        String system,
        String connection,
        String title,
        String description,
        Effect effect,
        @Nullable Undo undo,
        boolean serving,
        boolean takesOver,
        boolean backfills,
        String attempt,
        String timeout,
        List<Part> inputs,
        List<Part> before,
        List<Part> result,
        String example) {

    public static ActionPage of(ActionSpec action) {
        return new ActionPage(
                action.name(),
                action.system(),
                action.connectionKind(),
                action.title(),
                action.description(),
                action.effect(),
                action.hasEffect() ? action.undo() : null,
                action.serving(),
                action.takesOver(),
                action.backfills(),
                Durations.format(action.attempt()),
                Durations.format(action.timeout()),
                parts(action.input()),
                parts(action.before()),
                parts(action.result()),
                action.example());
    }

    private static List<Part> parts(@Nullable Class<? extends Record> type) {
        return type == null ? List.of() : Part.of(type);
    }

    /** The effect in a word or two, for a list. */
    public static String effect(Effect effect) {
        return switch (effect) {
            case NONE -> "reads";
            case KEYED -> "changes";
            case AT_MOST_ONCE -> "changes once";
        };
    }

    /** The effect in a sentence. */
    public String effectInWords() {
        return switch (effect) {
            case NONE -> "Reads only; may be repeated at will.";
            case KEYED -> "Changes something; a repeat finds what an earlier attempt did.";
            case AT_MOST_ONCE -> "Changes something that cannot be searched for; tried once.";
        };
    }

    /** What a rollback does with it, in a sentence; empty if there is nothing to undo. */
    public String undoInWords() {
        Undo when = undo;
        if (when == null) {
            return "";
        }
        return switch (when) {
            case RESTORE -> "A rollback takes it back at once.";
            case CLEANUP -> "A rollback takes it back at its end.";
            case KEEP -> "A rollback keeps it, unless the plan says otherwise.";
        };
    }

    /** The page, for a terminal. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(name + ": " + title);
        lines.add("");
        description.lines().forEach(lines::add);
        lines.add((effectInWords() + " " + undoInWords()).strip());
        lines.add((connection.isEmpty() ? "Needs no connection. " : "Needs a connection of kind " + connection + ". ")
                + "Timeout " + timeout + " unless the step says otherwise.");
        section(lines, "with", inputs);
        section(lines, "recorded before", before);
        section(lines, "result", result);
        lines.add("");
        lines.add("Example");
        lines.add("  uses: " + name);
        lines.add("  with:");
        example.strip().lines().map(line -> "    " + line).forEach(lines::add);
        return lines;
    }

    private static void section(List<String> lines, String title, List<Part> parts) {
        if (!parts.isEmpty()) {
            int width =
                    parts.stream().mapToInt(part -> part.name().length()).max().orElse(0);
            lines.add("");
            lines.add(title);
            parts.forEach(part -> lines.add(part.line(width)));
        }
    }
}
