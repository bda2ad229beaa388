package io.longwatch.release;

import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.plan.Durations;
import io.longwatch.plan.Outcome;
import io.longwatch.plan.Soak;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.WindowResult;
import io.longwatch.text.Sha256;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs the soak: window after window, counted from the end of the deploy phase, and what follows each verdict. */
final class SoakRun implements Commands.SoakControl {
    private static final int HUNDREDTHS = 100;

    private final Course course;
    private final Soak soak;
    private final String workflowId;
    private final WatchInputs inputs;
    private final Overdue overdue;
    private boolean patient;
    private @Nullable WindowRun open;

    SoakRun(Course course, Soak soak, String workflowId) {
        this.course = course;
        this.soak = soak;
        this.workflowId = workflowId;
        this.inputs = new WatchInputs(course, soak);
        this.overdue = new Overdue(course);
    }

    /** Whether a window is still to be watched. */
    boolean ahead() {
        return soak.windows().stream()
                .anyMatch(window -> course.journal().window(window.id()).verdict() == null);
    }

    /** Runs every window; ends the forward part of the release when one fails. */
    void run(Instant deployedAt) {
        patient = Change.PATIENT_WATCH.known();
        Instant from = deployedAt;
        Instant planned = deployedAt;
        for (Soak.Window window : soak.windows()) {
            planned = planned.plus(window.duration());
            from = run(window, from, planned);
        }
    }

    @Override
    public boolean extend(Duration by) {
        return open != null && open.extend(by);
    }

    /** Keeps what the open window has seen until now, which the server forgets when its watch is cancelled. */
    void keepWhatWasSeen() {
        if (open != null) {
            open.keepWhatWasSeen();
        }
    }

    /** How long a window is watched: an anchored one ends as planned, however late it begins, and has at least a look. */
    private static Duration lasting(Soak.Window window, Instant from, Instant planned) {
        if (!window.anchored()) {
            return window.duration();
        }
        Duration left = Duration.between(from, planned);
        return left.compareTo(window.interval()) < 0 ? window.interval() : left;
    }

    /** Runs a window; returns when the next begins: at its end, or now if people had to be asked. */
    private Instant run(Soak.Window window, Instant from, Instant planned) {
        Optional<Instant> begun = begin(window, from);
        if (begun.isEmpty()) {
            return Waits.now();
        }
        Instant start = begun.get();
        Optional<Duration> more = Optional.of(lasting(window, start, planned));
        Instant next = start;
        while (more.isPresent()) {
            WindowRun watched = new WindowRun(
                    course, window, inputs.of(window, start, start.plus(more.get())), workflowId, patient);
            open = watched;
            WindowResult result = watched.watch();
            Instant judged = Waits.now();
            more = judged(window, watched, result);
            start = Waits.now();
            next = start.isAfter(judged) ? start : earlier(start, result.endedAt());
        }
        return next;
    }

    /**
     * When a window begins: at once, unless the inputs of its checks speak of what a step has not found. Then people are
     * asked until it has, and it begins no earlier; empty if they go on without it.
     */
    private Optional<Instant> begin(Soak.Window window, Instant from) {
        Instant start = from;
        Optional<String> lacking = lacking(window);
        while (lacking.isPresent()) {
            if (!goesOn(window, start, "its checks cannot look: " + lacking.get())) {
                return Optional.empty();
            }
            Instant later = Waits.now();
            course.journal().window(window.id(), record -> record.from(later));
            start = later;
            lacking = lacking(window);
        }
        return Optional.of(start);
    }

    private Optional<String> lacking(Soak.Window window) {
        return course.edition().asksWithWhatIsKnown() ? inputs.lacking(window) : Optional.empty();
    }

    /** Whether a window that nobody can watch is still to be watched. Who extends it waits for so long. */
    private boolean goesOn(Soak.Window window, Instant from, String problem) {
        course.journal().window(window.id(), record -> record.open(from, from.plus(window.duration())));
        course.journal().note("window '" + window.id() + "': " + problem);
        Supplier<Boolean> known = () -> inputs.lacking(window).isEmpty();
        Answer answer = ask(window, problem, window.onInconclusive(), known);
        if (answer.verb() == null && known.get()) {
            return true;
        }
        Optional<Duration> more = follow(window, problem, window.onInconclusive(), answer);
        if (more.isPresent()) {
            Waits.until(Waits.now().plus(more.get()), "what '" + window.id() + "' needs to look", known);
        } else if (answer.verb() == null) {
            course.journal().window(window.id(), record -> record.undecided(problem));
        }
        return more.isPresent();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** What follows a verdict: empty when the window has its end, else for how long people want it watched anew. */
    private Optional<Duration> judged(Soak.Window window, WindowRun watched, WindowResult result) {
        boolean unseen =
                result.verdict() == Verdict.PASSED && result.uncovered().compareTo(jitter(window)) > 0;
        String problem = "nobody could see " + Durations.format(result.uncovered()) + " of it";
        course.journal()
                .window(
                        window.id(),
                        record -> unseen ? record.judged(result).undecided(problem) : record.judged(result));
        course.journal().note("window '" + window.id() + "' " + result.summary());
        if (result.verdict() == Verdict.FAILED) {
            throw failed(window, result);
        }
        if (result.verdict() != Verdict.PASSED) {
            return ask(window, watched, result, result.summary(), window.onInconclusive());
        }
        return unseen ? ask(window, watched, result, problem, window.onMissed()) : Optional.empty();
    }

    /**
     * Time that may stay unobserved without a word: one look, where that is no more than a hundredth of the window;
     * two looks of any window in a release of an older build.
     */
    private Duration jitter(Soak.Window window) {
        if (!patient) {
            return window.interval().multipliedBy(2);
        }
        Duration hundredth = window.duration().dividedBy(HUNDREDTHS);
        return window.interval().compareTo(hundredth) <= 0 ? window.interval() : Duration.ZERO;
    }

    private Stopped failed(Soak.Window window, WindowResult result) {
        return course.stops().end(new Stop.RollBack("window '" + window.title() + "' " + result.summary()));
    }

    /** Asks people, and looks on while they think: a check that fails meanwhile outranks the question. */
    private Optional<Duration> ask(
            Soak.Window window, WindowRun watched, WindowResult result, String problem, Outcome silence) {
        AtomicBoolean answered = new AtomicBoolean();
        Promise<WindowResult> meanwhile = Async.function(() -> watched.lookOn(result, answered::get));
        Answer answer = ask(window, problem, silence, meanwhile::isCompleted);
        answered.set(true);
        WindowResult seen = meanwhile.get();
        if (seen.verdict() == Verdict.FAILED) {
            course.journal().window(window.id(), record -> record.judged(seen));
            throw failed(window, seen);
        }
        return follow(window, problem, silence, answer);
    }

    private Answer ask(Soak.Window window, String problem, Outcome silence, Supplier<Boolean> moot) {
        if (course.edition().outlastsEveryHold()) {
            Question question = question(window, problem, silence);
            return overdue.ask(question, Rule.window(), () -> holds(silence), moot, question.roles());
        }
        Answer answer;
        do {
            answer = course.desk().ask(question(window, problem, silence), Rule.window(), moot);
        } while (answer.verb() == null && silence == Outcome.HOLD && !moot.get());
        return answer;
    }

    private boolean holds(Outcome silence) {
        return silence == Outcome.HOLD || (silence == Outcome.ABORT && overdue.held());
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
        return Questions.about(course, Question.Kind.WINDOW, window.id(), title)
                .showing(List.of(problem))
                .boundTo(Sha256.hex(window.id() + "\n" + problem))
                .taking(List.of(Verb.WAIVE, Verb.EXTEND, Verb.ROLLBACK, Verb.ABORT))
                .of(window.role() == null ? course.plan().roleIds() : List.of(window.role()))
                .within(window.deadline(), Points.words(silence));
    }
}
