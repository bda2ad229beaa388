package io.longwatch.system.histories;

import static org.awaitility.Awaitility.await;

import io.longwatch.actions.Contracts;
import io.longwatch.decision.Decision;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.plan.PlanDigest;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.starter.temporal.Starts;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowUpdateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** A release of a small plan on a real server that goes as a story says. */
final class RealRelease implements AutoCloseable {
    private static final Duration LEAD = Duration.ofSeconds(6);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration GLANCE = Duration.ofMillis(200);
    private static final String PLAN = """
            apiVersion: longwatch.io/v1
            kind: ReleasePlan
            service: STORY
            environment: production
            title: STORY
            channel: releases
            roles: {manager: Release manager, engineer: Engineer}
            phases:
              - id: check
                title: Checks
                at: T-4s
                steps:
                  - {id: old, title: The cache answers, uses: redis.ping, validFor: 1s, baseline: {trip: result.roundTripMillis}}
                  - {id: young, title: The page answers, uses: http.request, with: {url: "PAGE/young"}, retry: {attempts: 1}, timeout: 1m, confirm: engineer}
                  - {id: go, title: "Deploy it?", gate: {approvals: [{role: manager}], deadline: 5m, onDeadline: abort, bind: [steps.young.result.status]}}
              - id: deploy
                title: Deployment
                at: T
                steps:
                  - id: one
                    title: The first table
                    uses: postgres.migrate
                    with: {connection: STORY-one, name: STORY-one, script: CREATE TABLE one (id int), down: DROP TABLE one}
                    undo: restore
                  - parallel: {id: both, title: Both}
                    steps:
                      - id: two
                        title: The second table
                        uses: postgres.migrate
                        with: {connection: STORY-two, name: STORY-two, script: CREATE TABLE two (id int), down: DROP TABLE two}
                        undo: cleanup
                      - {id: three, title: The cache still answers, uses: redis.ping}
              - id: after
                title: Afterwards
                after: soak
                steps:
                  - {id: paper, title: The runbook names it, item: {role: manager}}
            soak:
              checks:
                - id: page
                  title: Health
                  uses: http.request
                  with: {url: "PAGE/health", failOnUnexpected: false}
                  figure: result.status
                  successCondition: result.status == 200
              windows:
                - {id: first, title: The first seconds, duration: 15s, interval: 3s, deadline: 1m}
                - {id: second, title: The seconds after, duration: 6s, interval: 3s, deadline: 1m}
            rollback:
              verify:
                - {id: serves, title: The cache answers as before, uses: redis.ping}
            signOffs: [{id: lead, title: Signed, role: manager, deadline: 5s, onDeadline: continue}]
            """;

    private final RealStory story;
    private final Connection connection;
    private final WatchedPage page = new WatchedPage();
    private final String service;
    private final Set<String> asked = new HashSet<>();
    private final List<String> refused = new ArrayList<>();
    private final Map<Question.Kind, List<Verb>> answers = new EnumMap<>(Question.Kind.class);
    private boolean atTheGate;
    private boolean inTheSoak;
    private String at;

    RealRelease(RealStory story, Connection connection) {
        this.story = story;
        this.connection = connection;
        this.service = story.id();
        this.at = workflowId();
    }

    String workflowId() {
        return ReleaseRequest.workflowId(service, "production");
    }

    /** The workflow in which it ended. */
    String at() {
        return at;
    }

    /** What it looks at. */
    WatchedPage page() {
        return page;
    }

    /** Plays it to its end, wherever it goes on, and returns its record. */
    ReleaseRecord played() {
        new Starts(connection).start(request());
        try {
            await(story.id())
                    .atMost(PATIENCE)
                    .pollInterval(GLANCE)
                    .pollInSameThread()
                    .ignoreExceptionsInstanceOf(WorkflowException.class)
                    .until(this::goneOnToItsEnd);
        } catch (ConditionTimeoutException e) {
            ReleaseRecord record = workflow().record();
            throw new AssertionError(
                    story.id() + " is still " + record.state() + ", asks " + record.questions() + ", refused "
                            + refused,
                    e);
        }
        return workflow().record();
    }

    private boolean goneOnToItsEnd() {
        ReleaseRecord record = workflow().record();
        if (record.continuedIn() != null) {
            at = record.continuedIn();
            return false;
        }
        if (record.state() == ReleaseState.SOAKING && !inTheSoak) {
            inTheSoak = true;
            story.inTheSoak(this);
        }
        record.questions().forEach(this::hear);
        return record.state().ended();
    }

    private void hear(Question question) {
        if (question.kind() == Question.Kind.GATE && !atTheGate) {
            atTheGate = true;
            story.atTheGate(this);
            return;
        }
        List<Verb> left = answers.computeIfAbsent(question.kind(), kind -> new ArrayList<>(story.answers(kind)));
        boolean more = left.size() > 1;
        String known = question.subject() + question.askedAt();
        if (left.isEmpty() || asked.contains(known)) {
            return;
        }
        if (accepted(decision(left.get(0), question.subject(), null, question.digest()))) {
            asked.add(known);
            if (more) {
                left.remove(0);
            }
        }
    }

    /** Says something to the release as a whole, until it is taken. */
    void say(Verb verb, @Nullable String argument) {
        sayUntilTaken(() -> decision(verb, Decision.RELEASE, argument, null));
    }

    private void sayUntilTaken(Supplier<Decision> decision) {
        await("what the story of " + story.id() + " says")
                .atMost(PATIENCE)
                .pollInSameThread()
                .until(() -> accepted(decision.get()));
    }

    /** Says something by the way of a signal, which nobody answers. */
    void signal(Verb verb) {
        workflow().decided(decision(verb, Decision.RELEASE, null, null));
    }

    void reschedule() {
        sayUntilTaken(() -> decision(
                Verb.RESCHEDULE,
                Decision.RELEASE,
                now().plus(LEAD).truncatedTo(ChronoUnit.SECONDS).toString(),
                null));
    }

    void cancel() {
        connection.client().newUntypedWorkflowStub(at).cancel();
    }

    void awaitEndOfTheWindow() {
        Instant end = now().plusSeconds(17);
        await("the end of the window").atMost(PATIENCE).until(() -> now().isAfter(end));
    }

    /** Whether it is taken. It is sent again where no answer came, as a busy server gives up an update; an id counts once. */
    private boolean accepted(Decision decision) {
        String said = decision.verb().word() + " of " + decision.subject();
        try {
            await(said)
                    .atMost(PATIENCE)
                    .pollInSameThread()
                    .ignoreExceptionsInstanceOf(WorkflowServiceException.class)
                    .until(() -> workflow().decide(decision).accepted());
            return true;
        } catch (WorkflowUpdateException e) {
            refused.add(said + ": " + e.getCause());
            return false;
        }
    }

    private Decision decision(Verb verb, String subject, @Nullable String argument, @Nullable String digest) {
        return new Decision(
                UUID.randomUUID().toString(),
                id(),
                subject,
                digest,
                verb,
                "ada",
                "cli",
                now(),
                "as the story goes",
                verb == Verb.ATTEST || verb == Verb.CONFIRM ? "https://wiki.example.org/" + subject : null,
                argument,
                null);
    }

    private ReleaseWorkflow workflow() {
        return connection.client().newWorkflowStub(ReleaseWorkflow.class, at);
    }

    private String id() {
        return service + "-production-20261121-1";
    }

    private static Instant now() {
        return Clock.systemUTC().instant();
    }

    private ReleaseRequest request() {
        String text = story.plan(PLAN).replace("STORY", service).replace("PAGE", page.url());
        LoadedPlan loaded = PlanLoader.load(
                "plan.yaml", text, path -> "", Contracts.catalog(), Map.of(), PlanLoader.Mode.FOR_START);
        if (!(loaded instanceof LoadedPlan.Loaded plan)) {
            throw new IllegalArgumentException(loaded.toString());
        }
        Instant now = now();
        return new ReleaseRequest(
                id(),
                plan.plan(),
                PlanDigest.of(plan.plan(), plan.parameters()),
                plan.parameters(),
                "rita",
                now,
                now.plus(LEAD),
                false,
                null,
                ReleaseRequest.KNOWN,
                true);
    }

    @Override
    public void close() {
        page.close();
    }
}
