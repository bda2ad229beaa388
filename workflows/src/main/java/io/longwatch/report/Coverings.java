package io.longwatch.report;

import io.longwatch.plan.ActionStep;
import io.longwatch.plan.Check;
import io.longwatch.plan.Phase;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.Rollback;
import io.longwatch.plan.SignOff;
import io.longwatch.plan.Soak;
import io.longwatch.plan.Step;
import io.longwatch.release.PhaseRecord;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.StepRecord;
import io.longwatch.release.StepState;
import io.longwatch.release.WindowRecord;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.WindowResult;
import io.longwatch.soak.WindowResult.CheckVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What answers each box: steps, items, gates, windows, checks, rollback steps and sign-offs. */
final class Coverings {
    private static final String NO_ROLLBACK = "no rollback happened";

    private final ReleasePlan plan;
    private final ReleaseRecord record;
    private final SortedSet<Integer> afterDeployment;
    private final SortedMap<Integer, List<Covering>> byBox = new TreeMap<>();
    private final SortedMap<Integer, List<Covering>> tooEarly = new TreeMap<>();

    private Coverings(ReleasePlan plan, ReleaseRecord record) {
        this.plan = plan;
        this.record = record;
        this.afterDeployment =
                plan.source() == null ? new TreeSet<>() : plan.source().afterDeployment();
    }

    static Coverings of(ReleasePlan plan, ReleaseRecord record) {
        Coverings coverings = new Coverings(plan, record);
        coverings.phases();
        coverings.windows();
        coverings.checks();
        coverings.rollback();
        coverings.signOffs();
        return coverings;
    }

    /** What answers a box. A result from before the deployment counts only against a box that speaks of after it. */
    List<Covering> of(int box) {
        List<Covering> found = byBox.getOrDefault(box, List.of());
        boolean answered = found.stream().anyMatch(covering -> covering.state() != StepState.NOT_APPLICABLE);
        return answered
                ? found
                : Stream.concat(found.stream(), tooEarly.getOrDefault(box, List.of()).stream())
                        .toList();
    }

    private void phases() {
        boolean ahead = true;
        for (Phase phase : plan.phases()) {
            ahead &= !phase.deploys();
            for (Step step : phase.steps().stream().flatMap(Step::flatten).toList()) {
                StepRecord seen = record.step(step.id()).orElse(null);
                Covering covering = of(step.id(), step.title(), seen);
                boolean early = ahead || beforeDeployment(seen);
                step.covers().forEach(box -> put(box, covering, early));
            }
        }
    }

    private boolean beforeDeployment(@Nullable StepRecord step) {
        Instant deployed = record.deployedAt();
        Instant ended = step == null ? null : step.endedAt();
        return deployed == null || (ended != null && ended.isBefore(deployed));
    }

    private void put(int box, Covering covering, boolean early) {
        if (early && afterDeployment.contains(box) && BoxStates.ticks(covering.state())) {
            Covering open = covering.as(StepState.OPEN, "from before the deployment; the box speaks of after it");
            tooEarly.computeIfAbsent(box, key -> new ArrayList<>()).add(open);
        } else {
            put(box, covering);
        }
    }

    private void put(int box, Covering covering) {
        byBox.computeIfAbsent(box, key -> new ArrayList<>()).add(covering);
    }

    private static Covering of(String id, String title, @Nullable StepRecord step) {
        if (step == null) {
            return new Covering(id, title, StepState.OPEN, null, null, null);
        }
        return new Covering(id, title, BoxStates.of(step.state()), evidence(step), step.by(), step.endedAt());
    }

    private static @Nullable String evidence(StepRecord step) {
        boolean good = BoxStates.ticks(step.state());
        if (step.evidence() != null) {
            return step.evidence();
        }
        return good || step.problem() == null ? step.summary() : step.problem();
    }

    private void windows() {
        Soak soak = plan.soak();
        if (soak == null) {
            return;
        }
        for (Soak.Window window : soak.windows()) {
            Covering covering = record.soak().stream()
                    .filter(seen -> seen.window().equals(window.id()))
                    .findFirst()
                    .map(Coverings::of)
                    .orElseGet(() -> of(window.id(), window.title(), null));
            window.covers().forEach(box -> put(box, covering));
        }
    }

    private static Covering of(WindowRecord window) {
        Verdict verdict = window.verdict();
        return new Covering(
                window.window(),
                window.title(),
                BoxStates.of(verdict),
                verdict == null ? null : evidence(window),
                window.by(),
                verdict == null ? null : window.endsAt());
    }

    private static @Nullable String evidence(WindowRecord window) {
        WindowResult result = window.result();
        String reason = window.reason();
        String seen = result == null ? null : result.summary();
        if (reason != null) {
            return seen == null ? reason : reason + " (" + seen + ")";
        }
        return seen;
    }

    private void checks() {
        Soak soak = plan.soak();
        if (soak == null) {
            return;
        }
        for (Check check : soak.checks()) {
            Covering covering = check(check, soak);
            check.covers().forEach(box -> put(box, covering));
        }
    }

    private Covering check(Check check, Soak soak) {
        List<String> windows = soak.windows().stream()
                .filter(window -> window.checks().contains(check.id()))
                .map(Soak.Window::id)
                .toList();
        List<Covering> seen = record.soak().stream()
                .filter(window -> windows.contains(window.window()))
                .map(window -> within(check, window))
                .toList();
        StepState worst = seen.size() < windows.size()
                ? StepState.OPEN
                : BoxStates.weakest(seen.stream().map(Covering::state));
        return seen.stream()
                .filter(covering -> covering.state() == worst)
                .reduce((first, last) -> last)
                .map(last -> new Covering(check.id(), check.title(), worst, last.evidence(), last.who(), last.when()))
                .orElseGet(() -> of(check.id(), check.title(), null));
    }

    private static Covering within(Check check, WindowRecord window) {
        CheckVerdict verdict = verdict(check, window);
        if (verdict == null) {
            return of(check.id(), check.title(), null);
        }
        boolean waived = window.verdict() == Verdict.WAIVED && verdict.verdict() != Verdict.PASSED;
        return new Covering(
                check.id(),
                check.title(),
                waived ? StepState.WAIVED : BoxStates.of(verdict.verdict()),
                CheckLine.of(verdict) + " in " + window.title(),
                waived ? window.by() : null,
                window.endsAt());
    }

    private static @Nullable CheckVerdict verdict(Check check, WindowRecord window) {
        WindowResult result = window.result();
        if (window.verdict() == null || result == null) {
            return null;
        }
        return result.checks().stream()
                .filter(one -> one.id().equals(check.id()))
                .findFirst()
                .orElse(null);
    }

    private void rollback() {
        Rollback rollback = plan.rollback();
        for (Rollback.Restore restore : rollback.restore()) {
            Covering covering = rollbackStep(restore.id(), restore.title());
            restore.covers().forEach(box -> put(box, covering));
            ActionStep action = restore.action();
            if (action != null) {
                action.covers().stream()
                        .filter(box -> !restore.covers().contains(box))
                        .forEach(box -> put(box, covering));
            }
        }
        rollback.verify().forEach(this::rollbackAction);
        rollback.dataLoss().forEach(this::rollbackAction);
    }

    private void rollbackAction(ActionStep step) {
        Covering covering = rollbackStep(step.id(), step.title());
        step.covers().forEach(box -> put(box, covering));
    }

    private Covering rollbackStep(String id, String title) {
        if (record.rollback().isEmpty() && record.state().ended()) {
            return new Covering(id, title, StepState.NOT_APPLICABLE, NO_ROLLBACK, null, record.endedAt());
        }
        return of(
                id,
                title,
                record.rollback().stream()
                        .map(PhaseRecord::steps)
                        .flatMap(List::stream)
                        .filter(step -> step.id().equals(id))
                        .findFirst()
                        .orElse(null));
    }

    private void signOffs() {
        for (SignOff signOff : plan.signOffs()) {
            StepRecord seen = record.step(signOff.id()).orElse(null);
            Covering covering = of(signOff.id(), signOff.title(), seen);
            signOff.covers().forEach(box -> put(box, covering, beforeDeployment(seen)));
        }
    }
}
