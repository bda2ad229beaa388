package io.longwatch.release;

import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.plan.Durations;
import io.longwatch.plan.Outcome;
import io.longwatch.plan.Soak;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.WindowResult;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Runs the soak: window after window, counted from the end of the deploy phase, and what follows each verdict. */
final class SoakRun implements Commands.SoakControl {
    private final Course course;
    private final Soak soak;
    private final String workflowId;
    private final WatchInputs inputs;
    private @Nullable WindowRun open;

    SoakRun(Course course, Soak soak, String workflowId) {
        this.course = course;
        this.soak = soak;
        this.workflowId = workflowId;
        this.inputs = new WatchInputs(course, soak);
    }

    /** Whether a window is still to be watched. */
    boolean ahead() {
        return soak.windows().stream()
                .anyMatch(window -> course.journal().window(window.id()).verdict() == null);
    }

    /** Runs every window; ends the forward part of the release when one fails. */
    void run(Instant deployedAt) {
        Instant from = deployedAt;
        for (Soak.Window window : soak.windows()) {
            from = run(window, from);
        }
    }

    @Override
    public boolean extend(Duration by) {
        return open != null && open.extend(by);
    }

    /** Runs a window; returns when the next begins. */
    private Instant run(Soak.Window window, Instant from) {
        Optional<Duration> more = Optional.of(window.duration());
        Instant start = from;
        Instant end = from;
        while (more.isPresent()) {
            WindowRun watched =
                    new WindowRun(course, window, inputs.of(window, start, start.plus(more.get())), workflowId);
            open = watched;
            WindowResult result = watched.watch();
            more = judged(window, watched, result);
            end = result.endedAt();
            start = Waits.now();
        }
        return end.isAfter(start) ? start : end;
    }

    /** What follows a verdict: empty when the window has its end, else for how long people want it watched anew. */
    private Optional<Duration> judged(Soak.Window window, WindowRun watched, WindowResult result) {
        course.journal().window(window.id(), record -> record.judged(result));
        course.journal().note("window '" + window.id() + "' " + result.summary());
        if (result.verdict() == Verdict.FAILED) {
            throw failed(window, result);
        }
        if (result.verdict() != Verdict.PASSED) {
            return ask(window, watched, result, result.summary(), window.onInconclusive());
        }
        boolean unseen = result.uncovered().compareTo(window.interval().multipliedBy(2)) > 0;
        String problem = "nobody could see " + Durations.format(result.uncovered()) + " of it";
        return unseen ? ask(window, watched, result, problem, window.onMissed()) : Optional.empty();
    }

    private Stopped failed(Soak.Window window, WindowResult result) {
        return course.stops().end(new Stop.RollBack("window '" + window.title() + "' " + result.summary()));
    }

    /** Asks people, and looks on while they think: a check that fails meanwhile outranks the question. */
    private Optional<Duration> ask(
            Soak.Window window, WindowRun watched, WindowResult result, String problem, Outcome silence) {
        AtomicBoolean answered = new AtomicBoolean();
        Promise<WindowResult> meanwhile = Async.function(() -> watched.lookOn(result, answered::get));
        Answer answer = ask(window, problem, silence, meanwhile);
        answered.set(true);
        WindowResult seen = meanwhile.get();
        if (seen.verdict() == Verdict.FAILED) {
            course.journal().window(window.id(), record -> record.judged(seen));
            throw failed(window, seen);
        }
        return follow(window, problem, silence, answer);
    }

    private Answer ask(Soak.Window window, String problem, Outcome silence, Promise<WindowResult> meanwhile) {
        Answer answer;
        do {
            answer = course.desk().ask(question(window, problem, silence), Rule.window(), meanwhile::isCompleted);
        } while (answer.verb() == null && silence == Outcome.HOLD && !meanwhile.isCompleted());
        return answer;
    }

    private Optional<Duration> follow(Soak.Window window, String problem, Outcome silence, Answer answer) {
        if (answer.is(Verb.WAIVE)) {
            course.journal().window(window.id(), record -> record.waived(answer.by(), answer.reason()));
            return Optional.empty();
        }
        if (answer.is(Verb.EXTEND)) {
            return Optional.of(Optional.ofNullable(answer.argument())
                    .flatMap(Durations::parse)
                    .orElse(window.duration()));
        }
        if (answer.verb() == null && silence == Outcome.CONTINUE) {
            return Optional.empty();
        }
        boolean back = answer.is(Verb.ROLLBACK) || (answer.verb() == null && silence == Outcome.ROLLBACK);
        String reason = "window '" + window.title() + "': " + problem + " (" + answer.inWords() + ")";
        throw course.stops().end(back ? new Stop.RollBack(reason) : new Stop.Abort(reason));
    }

    private Question question(Soak.Window window, String problem, Outcome silence) {
        String title = "Window '" + window.title() + "' has no clear verdict";
        return Questions.about(course.plan(), Question.Kind.WINDOW, window.id(), title)
                .showing(List.of(problem))
                .boundTo(Text.sha256(window.id() + "\n" + problem))
                .taking(List.of(Verb.WAIVE, Verb.EXTEND, Verb.ROLLBACK, Verb.ABORT))
                .of(window.role() == null ? course.plan().roleIds() : List.of(window.role()))
                .within(window.deadline(), Points.words(silence));
    }
}
