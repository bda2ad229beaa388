package io.longwatch.release;

import io.longwatch.plan.ChecklistItem;
import io.longwatch.plan.Phase;
import io.longwatch.plan.Step;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Points that the plan does not require: asked beside the release, which does not wait for them. They may be answered
 * until their deadline or the end of the release, wherever it goes on. Those of its last phase would have no time to be
 * answered; for them its end waits.
 */
final class Asides {
    private final Course course;
    private final Attestations attestations;
    private final Function<Functions.Proc, Promise<Void>> beside;
    private final List<Aside> asked = new ArrayList<>();

    /**
     * Points of a release.
     *
     * @param beside runs work beside the main line of the release
     */
    Asides(Course course, Attestations attestations, Function<Functions.Proc, Promise<Void>> beside) {
        this.course = course;
        this.attestations = attestations;
        this.beside = beside;
    }

    /** Asks again what stood open when the release went on from an earlier run. */
    void takeUp() {
        course.plan().phases().stream()
                .map(Phase::steps)
                .flatMap(List::stream)
                .flatMap(Step::flatten)
                .filter(ChecklistItem.class::isInstance)
                .map(ChecklistItem.class::cast)
                .filter(item -> !item.required() && waits(item))
                .forEach(this::ask);
    }

    void ask(ChecklistItem item) {
        Instant since = waits(item) ? course.journal().step(item.id()).startedAt() : null;
        Instant deadline = (since == null ? Waits.now() : since).plus(item.deadline());
        asked.add(Aside.begin(item, () -> beside.apply(() -> attestations.attest(item, left(deadline), last(item)))));
    }

    private static Duration left(Instant deadline) {
        return Duration.between(Waits.now(), deadline);
    }

    private boolean last(ChecklistItem item) {
        List<Phase> phases = course.plan().phases();
        return phases.get(phases.size() - 1).steps().stream()
                .flatMap(Step::flatten)
                .anyMatch(item::equals);
    }

    private boolean waits(ChecklistItem item) {
        return course.journal().step(item.id()).state() == StepState.WAITING;
    }

    /** Whether a question is one of these, and nobody has answered it. */
    boolean unanswered(String subject) {
        return asked.stream().anyMatch(aside -> aside.item.id().equals(subject) && waits(aside.item));
    }

    /** Whether something is asked that nobody has answered. */
    boolean open() {
        return asked.stream().anyMatch(aside -> waits(aside.item));
    }

    /** Asks no longer, since the release goes on elsewhere. What somebody said no to is waited for. */
    void withdraw() {
        withdraw(item -> true);
    }

    /** The release ends: asks no longer, and waits for what it asked last and what somebody said no to. */
    void finish() {
        withdraw(item -> !last(item));
    }

    private void withdraw(Predicate<ChecklistItem> which) {
        asked.stream()
                .filter(aside -> waits(aside.item) && which.test(aside.item))
                .forEach(Aside::withdraw);
        asked.forEach(Aside::await);
        asked.clear();
    }

    /** One point and the thread that asks about it. */
    private static final class Aside {
        private final ChecklistItem item;
        private final CancellationScope scope;
        private final List<Promise<Void>> thread;
        private boolean withdrawn;

        private Aside(ChecklistItem item, CancellationScope scope, List<Promise<Void>> thread) {
            this.item = item;
            this.scope = scope;
            this.thread = thread;
        }

        static Aside begin(ChecklistItem item, Functions.Func<Promise<Void>> asking) {
            List<Promise<Void>> thread = new ArrayList<>();
            CancellationScope scope = Workflow.newCancellationScope(() -> thread.add(asking.apply()));
            scope.run();
            return new Aside(item, scope, thread);
        }

        void withdraw() {
            withdrawn = true;
            scope.cancel("no longer asked");
        }

        void await() {
            thread.forEach(running -> running.handle((done, failure) -> "ended").get());
            if (!withdrawn) {
                thread.forEach(Promise::get);
            }
        }
    }
}
