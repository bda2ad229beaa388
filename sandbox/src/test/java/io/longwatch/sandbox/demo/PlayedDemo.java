package io.longwatch.sandbox.demo;

import io.longwatch.actions.Contracts;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.load.LoadedPlan.Loaded;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.StepRecord;
import io.longwatch.release.StepState;
import io.longwatch.report.Boxes;
import io.longwatch.report.ReleaseReport;
import io.longwatch.sandbox.world.Scenario;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.WindowResult.CheckVerdict;
import io.longwatch.starter.plan.PlanFolder;
import io.longwatch.starter.view.Screen;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A demo of the bridge's release, played to its end. */
record PlayedDemo(ReleasePlan plan, ReleaseRecord record) {
    private static final Path PLAN = Path.of("../plans/auren-biometric-bridge/plan.yaml");

    static PlayedDemo of(Scenario scenario) throws Exception {
        try (Demo demo = Demo.start(scenario)) {
            Loaded plan = (Loaded)
                    PlanFolder.of(PLAN).load(Contracts.catalog(), demo.parameters(), PlanLoader.Mode.FOR_START);
            return new PlayedDemo(plan.plan(), demo.run(plan.plan(), plan.parameters(), new NoScreen()));
        }
    }

    Boxes boxes() {
        return Boxes.of(plan, record);
    }

    String report() {
        return ReleaseReport.markdown(plan, record);
    }

    /** Steps that failed, and checks of windows that failed. */
    List<String> culprits() {
        Stream<String> steps =
                record.steps().filter(step -> step.state() == StepState.FAILED).map(StepRecord::id);
        Stream<String> checks = record.soak().stream()
                .filter(window -> window.verdict() == Verdict.FAILED)
                .flatMap(window -> window.result().checks().stream()
                        .filter(check -> check.verdict() == Verdict.FAILED)
                        .map(CheckVerdict::id)
                        .map(check -> window.window() + "/" + check));
        return Stream.concat(steps, checks).toList();
    }

    private static final class NoScreen implements Screen {
        @Override
        public void show(ReleasePlan plan, ReleaseRecord record, Instant now) {}

        @Override
        public void close() {}
    }
}
