package io.longwatch.sandbox.release;

import io.longwatch.actions.Contracts;
import io.longwatch.activities.decision.OwnDecisions;
import io.longwatch.activities.soak.Readers;
import io.longwatch.activities.soak.WatchState;
import io.longwatch.announce.Announcement;
import io.longwatch.contract.Failures;
import io.longwatch.contract.Json;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionActivities;
import io.longwatch.decision.Judgement;
import io.longwatch.decision.Verb;
import io.longwatch.ledger.LedgerActivities;
import io.longwatch.soak.WatchStateActivities;
import io.temporal.activity.Activity;
import io.temporal.activity.DynamicActivity;
import io.temporal.common.converter.EncodedValues;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a release meets: actions that answer as the test says, and people who hold roles. */
final class World implements DynamicActivity, Readers {
    /** Calls as "type step", in order; an undo adds whether it knew the result. */
    final List<String> calls = new CopyOnWriteArrayList<>();

    /** What people were told, in order, new or in the place of what stood there. */
    final List<Announcement> announcements = new CopyOnWriteArrayList<>();

    /** Inputs of calls by "type step". */
    final Map<String, Map<?, ?>> inputs = new ConcurrentHashMap<>();

    /** What each call with an effect, and each undo, was told of before, by "type step". */
    final Map<String, Map<?, ?>> befores = new ConcurrentHashMap<>();

    private final Trial trial;
    private final Clock clock;
    private final Map<String, Supplier<Object>> answers = new ConcurrentHashMap<>();
    private final Map<String, Function<Instant, Object>> looks = new ConcurrentHashMap<>();
    private final Map<String, List<Map.Entry<String, Verb>>> replies = new ConcurrentHashMap<>();
    private final AtomicInteger atWork = new AtomicInteger();
    private volatile boolean watchesUnreadable;
    private final Map<String, List<String>> roles = new LinkedHashMap<>();
    private volatile Set<String> environments = Set.of("production");

    World(Trial trial, Clock clock) {
        this.trial = trial;
        this.clock = clock;
        roles.put("ada", List.of("manager"));
        roles.put("bob", List.of("manager"));
        roles.put("rita", List.of("manager"));
        roles.put("eve", List.of("engineer"));
    }

    boolean busy() {
        return atWork.get() > 0;
    }

    /** A ledger during whose writing time may stand still. */
    LedgerActivities working(LedgerActivities ledger) {
        return (release, page) -> {
            atWork.incrementAndGet();
            try {
                return ledger.keep(release, page);
            } finally {
                atWork.decrementAndGet();
            }
        };
    }

    /** What a watch has seen, unless a test says that nobody can read it. */
    WatchStateActivities seenByWatches() {
        WatchState real = new WatchState();
        return (workflowId, window) -> {
            if (watchesUnreadable) {
                throw Failures.unavailable("nobody answers", null);
            }
            return real.progress(workflowId, window);
        };
    }

    /** From now on nobody can read what a watch has seen. */
    void hideWatches() {
        watchesUnreadable = true;
    }

    /** Answers a call, named "type step"; what it throws fails the call. */
    World on(String call, Supplier<Object> answer) {
        answers.put(call, answer);
        return this;
    }

    /** Measures a soak check. */
    World seen(String check, Function<Instant, Object> look) {
        looks.put(check, look);
        return this;
    }

    /** Answers a question as soon as it is asked; each time it is asked the next reply is given, if there is one. */
    World reply(String subject, String who, Verb verb) {
        replies.computeIfAbsent(subject, key -> new CopyOnWriteArrayList<>()).add(Map.entry(who, verb));
        return this;
    }

    @Override
    public @Nullable Object execute(EncodedValues arguments) {
        atWork.incrementAndGet();
        try {
            return answer(Activity.getExecutionContext().getInfo().getActivityType(), arguments);
        } finally {
            atWork.decrementAndGet();
        }
    }

    private @Nullable Object answer(String type, EncodedValues arguments) {
        if (type.startsWith("announce.")) {
            boolean post = type.equals("announce.post");
            Announcement told = arguments.get(post ? 1 : 2, Announcement.class);
            Supplier<Object> answer = answers.get(type);
            Object posted = answer == null ? null : answer.get();
            announcements.add(told);
            if (post) {
                hear(told);
            }
            return posted;
        }
        String call = type + " " + arguments.get(0, StepRef.class).step();
        boolean undo = type.endsWith(".undo");
        calls.add(undo ? call + (arguments.get(3, Map.class) == null ? " without result" : " with result") : call);
        Map<?, ?> input = arguments.get(1, Map.class);
        if (input != null) {
            inputs.put(call, input);
        }
        if (arguments.getSize() > 2 && arguments.get(2, Map.class) instanceof Map<?, ?> before) {
            befores.put(call, before);
        }
        Supplier<Object> answer = answers.get(call);
        if (answer != null) {
            return answer.get();
        }
        return undo ? UndoResult.reverted("as before") : Map.of("summary", call, "readyReplicas", 1, "answer", "PONG");
    }

    private void hear(@Nullable Announcement announcement) {
        if (announcement == null || announcement.question() == null) {
            return;
        }
        String subject = announcement.question().subject();
        List<Map.Entry<String, Verb>> waiting = replies.getOrDefault(subject, new ArrayList<>());
        if (!waiting.isEmpty()) {
            Map.Entry<String, Verb> reply = waiting.remove(0);
            trial.send(trial.decision(
                    reply.getValue(),
                    subject,
                    reply.getKey(),
                    announcement.question().digest(),
                    null));
        }
    }

    @Override
    public boolean backfills(String action) {
        return Contracts.catalog().get(action).backfills();
    }

    @Override
    public Object read(String action, StepRef step, Map<String, Object> with) {
        Instant at = with.get("time") instanceof String text ? Instant.parse(text) : clock.instant();
        Function<Instant, Object> look = looks.get(step.step());
        Object seen = look == null ? Map.of("value", 1.0, "summary", "1") : look.apply(at);
        return Json.mapper().convertValue(seen, Contracts.catalog().get(action).result());
    }

    /** From now on releases run on a worker of another environment, which knows none of the people. */
    void moveToAWorkerOf(String environment) {
        environments = Set.of(environment);
    }

    DecisionActivities peopleHere() {
        return (step, decision) -> new OwnDecisions(people(), environments).judge(step, decision);
    }

    DecisionActivities people() {
        return new People(roles);
    }

    /** Knows someone by their name in two channels: "ada" on the command line is "U-ADA" in Slack. */
    private record People(Map<String, List<String>> roles) implements DecisionActivities {
        @Override
        public Judgement judge(StepRef step, Decision decision) {
            String id = decision.who().toLowerCase(Locale.ROOT).replace("u-", "");
            List<String> held = roles.get(id);
            if (held == null || "forged".equals(decision.proof())) {
                return new Judgement(false, null, null, List.of(), "nobody knows " + decision.who(), "people");
            }
            return new Judgement(true, "Person " + id, id, held, null, "people");
        }
    }
}
