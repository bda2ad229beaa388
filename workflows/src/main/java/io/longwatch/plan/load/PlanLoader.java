package io.longwatch.plan.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.longwatch.contract.ActionCatalog;
import io.longwatch.plan.PlanJson;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.load.LoadedPlan.Loaded;
import io.longwatch.plan.load.LoadedPlan.Rejected;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** From the text of a plan.yaml to a normalised plan, or to every problem it has. */
public final class PlanLoader {
    /** Most bytes of plan and parameters as JSON: what a release's request may hold. */
    public static final int MOST_BYTES_OF_REQUEST = 1 << 20;

    private PlanLoader() {}

    /** What a plan is loaded for. */
    public enum Mode {
        /** A release is to start: every parameter has a value that was given, or its default. */
        FOR_START,
        /** The plan is looked at: a parameter without a value takes its example. */
        FOR_CHECK,
        /** As for a check, and its coverage of the checklist is what is asked for: lacks of that do not reject it. */
        FOR_COVERAGE
    }

    /**
     * Loads a plan.
     *
     * @param fileName as messages name it
     * @param text the plan's YAML
     * @param files the files beside it
     * @param catalog actions that steps may use
     * @param parameters values given, by name
     * @param mode what for
     */
    public static LoadedPlan load(
            String fileName,
            String text,
            PlanFiles files,
            ActionCatalog catalog,
            Map<String, String> parameters,
            Mode mode) {
        Problems problems = new Problems(fileName);
        Optional<Located.Mapping> root = YamlTree.read(text, problems).flatMap(tree -> planNode(tree, problems));
        if (root.isEmpty()) {
            return new Rejected(problems.sorted());
        }
        PlanParameters bound = new ParameterReader(problems, parameters, mode).read(root.get());
        Problems coverage = mode == Mode.FOR_COVERAGE ? new Problems(fileName) : problems;
        ReleasePlan plan = read(root.get(), files, catalog, bound, problems, coverage);
        checkSize(plan, bound, problems);
        return problems.hasErrors()
                ? new Rejected(problems.sorted())
                : new Loaded(
                        plan,
                        bound.values(),
                        problems.sorted(),
                        mode == Mode.FOR_COVERAGE ? coverage.sorted() : List.of());
    }

    private static Optional<Located.Mapping> planNode(Located tree, Problems problems) {
        if (!(tree instanceof Located.Mapping plan)) {
            problems.error(tree.position(), "a plan is a map that begins with apiVersion, found " + tree.described());
            return Optional.empty();
        }
        return new Heading(problems, plan).check() ? Optional.of(plan) : Optional.empty();
    }

    private static ReleasePlan read(
            Located.Mapping root,
            PlanFiles files,
            ActionCatalog catalog,
            PlanParameters bound,
            Problems problems,
            Problems coverage) {
        PlanIndex index = PlanIndex.of(root, catalog);
        ExpressionCheck expressions = new ExpressionCheck(problems, index, bound);
        Reading reading = new Reading(
                problems,
                catalog,
                index,
                new RoleUse(problems),
                expressions,
                new LoadTimeText(problems, expressions, bound),
                new TakenFiles(files, problems),
                new BoxNotes());
        ReleasePlan plan = new PlanReader(reading, root).read(bound.declared());
        Ids.reportRepeated(problems, index);
        Ids.reportReserved(problems, index);
        reading.roles().warnOfUnused();
        new BoxCheck(coverage, reading.boxes(), index).check(plan, boxesOf(root));
        return plan;
    }

    private static Position boxesOf(Located.Mapping root) {
        return root.get("source")
                .filter(Located.Mapping.class::isInstance)
                .flatMap(source -> ((Located.Mapping) source).get("boxes"))
                .map(Located::position)
                .orElse(root.position());
    }

    private static void checkSize(ReleasePlan plan, PlanParameters bound, Problems problems) {
        try {
            int bytes = PlanJson.strict().writeValueAsBytes(List.of(plan, bound.values())).length;
            if (bytes > MOST_BYTES_OF_REQUEST) {
                problems.error(
                        Position.START,
                        "the plan with the files it takes in has "
                                + String.format(Locale.ROOT, "%.1f", bytes / 1048576.0)
                                + " MiB as JSON; a release's request holds 1 MiB, shorten the files");
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan that was read cannot be written: " + e.getOriginalMessage(), e);
        }
    }
}
