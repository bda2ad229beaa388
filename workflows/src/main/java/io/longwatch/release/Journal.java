package io.longwatch.release;

import io.longwatch.contract.Json;
import io.longwatch.decision.Question;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.text.Bounded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes down what happens. Everything else in the workflow asks or tells it; queries read it. */
final class Journal {
    private static final int MOST_REFUSED = 200;

    private final ReleaseRequest request;
    private final Agenda agenda;
    private final Standing standing;
    private final Map<String, WindowRecord> windows = new LinkedHashMap<>();
    private final Map<String, EffectRecord> effects = new LinkedHashMap<>();
    private final List<DecisionRecord> decisions = new ArrayList<>();
    private final Map<String, Object> baseline = new LinkedHashMap<>();
    private final Timeline timeline = new Timeline();
    private final Instant startedAt;
    private Runnable listener = () -> {};
    private Runnable onlooker = () -> {};
    private Instant deployAt;
    private boolean rescheduled;
    private @Nullable Instant deployedAt;
    private @Nullable Instant endedAt;
    private @Nullable String continuedIn;
    private String requester;
    private String requestedBy;
    private int refused;

    /** The journal of a release that begins. */
    private Journal(ReleaseRequest request, Instant now) {
        this.request = request;
        this.startedAt = now;
        this.deployAt = request.deployAt();
        this.requester = request.requester();
        this.requestedBy = request.requester();
        this.agenda = Agenda.of(request.plan());
        this.standing = new Standing(ReleaseState.SCHEDULED, null);
        if (request.plan().soak() != null) {
            request.plan()
                    .soak()
                    .windows()
                    .forEach(window -> windows.put(
                            window.id(), WindowRecord.pending(window.id(), window.title(), window.covers())));
        }
    }

    /** The journal of a release that goes on. */
    private Journal(ReleaseRequest request, Carried carried) {
        ReleaseRecord so = carried.record();
        this.request = request;
        this.requester = Objects.requireNonNullElse(carried.requester(), request.requester());
        this.requestedBy = so.requester();
        this.startedAt = so.startedAt();
        this.deployAt = so.deployAt();
        this.rescheduled = !so.deployAt().equals(request.deployAt());
        this.deployedAt = so.deployedAt();
        this.agenda = Agenda.of(so);
        this.standing = new Standing(so.state(), so.reason());
        so.soak().forEach(window -> windows.put(window.window(), window));
        so.effects().forEach(effect -> effects.put(effect.step(), effect));
        so.decisions().forEach(this::decided);
        baseline.putAll(so.baseline());
        timeline.takeUp(so.timeline());
    }

    static Journal of(ReleaseRequest request, Instant now) {
        Carried carried = request.carried();
        return carried == null ? new Journal(request, now) : new Journal(request, carried);
    }

    // What the release is.

    ReleasePlan plan() {
        return request.plan();
    }

    ReleaseRequest request() {
        return request;
    }

    /** Id of who asked for the release, by which four eyes know them. */
    String requester() {
        return requester;
    }

    /** Who asked for the release, by the name that people know them by. */
    String requestedBy() {
        return requestedBy;
    }

    /** Notes who asked for the release, as a worker judged it. */
    void requestedBy(String id, String name) {
        requester = id;
        requestedBy = name;
        changed();
    }

    /** Whether its place is free for the next release and its effects are final: only attestations remain. */
    boolean released() {
        return request.carried() != null && request.carried().released();
    }

    /** How the release stands. */
    ReleaseState state() {
        return standing.state();
    }

    /** Why it stands so. */
    @Nullable
    String reason() {
        return standing.reason();
    }

    ReleaseState course() {
        return standing.course();
    }

    /** Changes the course; the reason stands until the next change. */
    void enter(ReleaseState next, @Nullable String why) {
        if (next != standing.course()) {
            note(why == null ? next.name() : next + ": " + why);
        }
        standing.enter(next, why);
        if (next.ended()) {
            endedAt = Waits.now();
            agenda.close(endedAt);
        }
        changed();
    }

    /** Holds the release at the next border, for a cause of the given name. */
    void hold(String cause, String why) {
        standing.hold(cause, why);
        note(why);
        changed();
    }

    /** Ends a hold. */
    void unhold(String cause, String why) {
        if (standing.unhold(cause)) {
            note(why);
            changed();
        }
    }

    /** Whether the hold that was begun with these words still stands. */
    boolean heldFor(String cause, String why) {
        return why.equals(standing.heldFor(cause));
    }

    boolean held(String cause) {
        return standing.heldFor(cause) != null;
    }

    boolean held() {
        return standing.held();
    }

    /** The workflow in which the rest goes on, or null. */
    @Nullable
    String continuedIn() {
        return continuedIn;
    }

    void continuedIn(@Nullable String workflowId) {
        continuedIn = workflowId;
        changed();
    }

    /** Calls back after each change of what a page of the release shows: of steps only how many are settled. */
    void onChange(Runnable whenChanged) {
        listener = whenChanged;
    }

    /** Calls back when a step begins, which is no change of the release, but what people want to see meanwhile. */
    void onBegin(Runnable whenOneBegins) {
        onlooker = whenOneBegins;
    }

    private void changed() {
        listener.run();
    }

    void note(String text) {
        timeline.add(new Note(Waits.now(), text));
    }

    Instant startedAt() {
        return startedAt;
    }

    Instant deployAt() {
        return deployAt;
    }

    void deployAt(Instant time) {
        deployAt = time;
        changed();
    }

    /** Moves T because somebody said so. */
    void reschedule(Instant time) {
        rescheduled = true;
        note("T moved from " + deployAt + " to " + time);
        deployAt(time);
    }

    /** Whether somebody has moved T before the deployment began. */
    boolean rescheduled() {
        return rescheduled;
    }

    @Nullable
    Instant deployedAt() {
        return deployedAt;
    }

    void deployed() {
        deployedAt = Waits.now();
        changed();
    }

    // Phases and steps.

    PhaseRecord phase(String id) {
        return agenda.phase(id);
    }

    void phase(String id, UnaryOperator<PhaseRecord> change) {
        agenda.phase(id, change);
        changed();
    }

    void beginRollback(List<PhaseRecord> stages) {
        agenda.beginRollback(stages);
    }

    StepRecord step(String id) {
        return agenda.step(id);
    }

    Stream<StepRecord> steps() {
        return agenda.steps();
    }

    /** Whether a step has that id, one of the rollback among them. */
    boolean hasStep(String id) {
        return agenda.hasStep(id);
    }

    /** Changes a step's record. It counts as a change of the release when the step is settled by it, or no longer is. */
    void step(String id, UnaryOperator<StepRecord> change) {
        if (agenda.step(id, change)) {
            changed();
        }
    }

    /**
     * Notes that a step begins, or is tried again.
     *
     * @param shown whether people see it at once, and not only with the next change of the release
     */
    void begin(String id, boolean shown) {
        step(id, step -> step.started(Waits.now()));
        if (shown) {
            onlooker.run();
        }
    }

    /** Keeps what was recorded ahead of a step's effect. */
    void before(String id, Record before) {
        step(id, step -> step.withBefore(Json.mapper().valueToTree(before)));
    }

    /** Keeps a step's result. */
    void result(String id, Record result, String summary) {
        step(id, step -> step.withResult(Json.mapper().valueToTree(result), Bounded.cut(summary, 300)));
    }

    void baseline(String name, Object value) {
        baseline.put(name, value);
    }

    Map<String, Object> baseline() {
        return Collections.unmodifiableMap(baseline);
    }

    // Soak.

    WindowRecord window(String id) {
        return Objects.requireNonNull(windows.get(id), id);
    }

    void window(String id, UnaryOperator<WindowRecord> change) {
        windows.computeIfPresent(id, (key, window) -> change.apply(window));
        changed();
    }

    // Effects.

    void effect(EffectRecord effect) {
        effects.put(effect.step(), effect);
    }

    void effect(String step, EffectState next, @Nullable String summary) {
        effects.computeIfPresent(step, (key, effect) -> effect.in(next, next.ended() ? Waits.now() : null, summary));
    }

    List<EffectRecord> effects() {
        return List.copyOf(effects.values());
    }

    boolean hasEffect(String step) {
        return effects.containsKey(step);
    }

    // People.

    /** Notes an open question, and whether the release awaits its answer. */
    void asked(Question question, boolean awaited) {
        standing.asked(question, awaited);
        changed();
    }

    /** Notes what has become of an open question so far. */
    void answered(Question question) {
        standing.answered(question);
        changed();
    }

    void settled(String subject) {
        standing.settled(subject);
        changed();
    }

    List<Question> questions() {
        return standing.questions();
    }

    /** Keeps a decision; of those that were refused only so many, since anyone can send them. */
    void decided(DecisionRecord decision) {
        if (decision.accepted()) {
            decisions.add(decision);
        } else if (refused < MOST_REFUSED) {
            refused++;
            decisions.add(decision);
        } else if (refused == MOST_REFUSED) {
            refused++;
            note("more than " + MOST_REFUSED + " decisions were refused; further ones are not kept");
        }
    }

    List<DecisionRecord> decisions() {
        return List.copyOf(decisions);
    }

    ReleaseRecord record() {
        return new ReleaseRecord(
                request.release(),
                plan().service(),
                plan().environment(),
                plan().title(),
                state(),
                reason(),
                requestedBy,
                request.planDigest(),
                request.parameters(),
                request.now(),
                startedAt,
                deployAt,
                deployedAt,
                endedAt,
                agenda.phases(),
                List.copyOf(windows.values()),
                agenda.rollback(),
                effects(),
                questions(),
                decisions,
                baseline,
                timeline.notes(),
                continuedIn);
    }
}
