package io.longwatch.starter.plan;

import static java.util.stream.Collectors.joining;

import io.longwatch.plan.coverage.BoxCoverage;
import io.longwatch.plan.coverage.Coverage;
import io.longwatch.plan.load.LoadedPlan.Loaded;
import io.longwatch.plan.load.PlanLoader.Mode;
import io.longwatch.starter.Exit;
import io.longwatch.starter.World;
import io.longwatch.starter.command.BaseCommand;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code longwatch plan coverage PLAN}. */
@Command(
        name = "coverage",
        description = "Shows what answers each box of the checklist. Exit code 1 if nothing answers one, or if the"
                + " checklist is not the one that the plan names.")
public final class CoveragePlan extends BaseCommand {
    @Mixin
    private final PlanArgument plan = new PlanArgument();

    @Option(
            names = "--source",
            paramLabel = "CHECKLIST.md",
            description = "The checklist itself: compared with what the plan says of it, and its texts are shown.")
    private @Nullable Path source;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean asJson;

    public CoveragePlan(World world) {
        super(world);
    }

    @Override
    public Integer call() {
        Loaded loaded = plan.require(world(), Mode.FOR_COVERAGE, err());
        Coverage coverage = Coverage.of(loaded.plan());
        SourceCheck check = SourceCheck.of(source, loaded.plan());
        if (asJson) {
            json(asMap(coverage, check));
        } else {
            coverage.boxes().forEach(box -> row(box, check));
            sum(coverage);
        }
        if (loaded.plan().source() == null) {
            err().println("The plan names no checklist that it came from; source: does.");
        }
        loaded.uncovered().forEach(problem -> err().println(PlanArgument.line(problem)));
        check.problems().forEach(err()::println);
        return loaded.uncovered().isEmpty() && check.problems().isEmpty() ? Exit.DONE : Exit.FELL_SHORT;
    }

    private static Map<String, Object> asMap(Coverage coverage, SourceCheck check) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("total", coverage.total());
        map.put("covered", coverage.covered());
        map.put("parents", coverage.parents());
        map.put("classes", coverage.totals());
        map.put("kinds", coverage.kinds());
        map.put("uncovered", coverage.uncovered());
        map.put("source", check.problems());
        map.put("boxes", coverage.boxes());
        return map;
    }

    private void row(BoxCoverage box, SourceCheck check) {
        String by = box.isParent()
                ? "sums up " + box.children()
                : String.join(
                        ", ", box.by().stream().map(covering -> covering.id()).toList());
        String state = box.isCovered() ? String.valueOf(box.answered()) : "NONE";
        out().println(String.format(
                        "%4d  %-6s  %-40s  %s", box.number(), state, by.isEmpty() ? "-" : by, check.text(box.number()))
                .stripTrailing());
    }

    private void sum(Coverage coverage) {
        out().println();
        out().println(coverage.covered() + "/" + coverage.total() + " boxes answered"
                + (coverage.parents() == 0 ? "" : ", " + coverage.parents() + " of them only sum up others"));
        coverage.totals().forEach((each, boxes) -> line(each.name(), boxes, each.words()));
        line("NONE", coverage.total() - coverage.covered(), "nothing answers it");
        if (!coverage.kinds().isEmpty()) {
            out().println("by " + kinds(coverage));
        }
    }

    private void line(String name, int boxes, String words) {
        out().println(String.format("%4d  %-6s  %s", boxes, name, words));
    }

    private static String kinds(Coverage coverage) {
        return coverage.kinds().entrySet().stream()
                .map(entry -> entry.getKey().words() + " " + entry.getValue())
                .collect(joining(", "));
    }
}
