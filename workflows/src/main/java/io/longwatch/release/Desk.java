package io.longwatch.release;

import io.longwatch.contract.StepRef;
import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionActivities;
import io.longwatch.decision.DecisionOutcome;
import io.longwatch.decision.Judgement;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.plan.Role;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where questions are put to people and their decisions are heard. A decision counts once, by its id. */
final class Desk {
    private static final Judgement UNJUDGED = unknown(null);
    private static final Duration JUDGING = Duration.ofSeconds(10);

    private final Journal journal;
    private final Herald herald;
    private final Commands commands;
    private final StepRef ref;
    private final Map<String, Open> open = new LinkedHashMap<>();
    private final Map<String, DecisionOutcome> outcomes = new LinkedHashMap<>();
    private final List<String> underJudgement = new ArrayList<>();

    Desk(Journal journal, Herald herald, Commands commands, StepRef ref) {
        this.journal = journal;
        this.herald = herald;
        this.commands = commands;
        this.ref = ref;
        journal.decisions().forEach(known -> outcomes.put(known.decision().id(), outcome(known)));
    }

    /** A decision that an earlier run judged still counts once. */
    private static DecisionOutcome outcome(DecisionRecord known) {
        return new DecisionOutcome(known.decision().id(), known.accepted(), known.message(), known.arrivedAt());
    }

    /**
     * Puts a question and waits for its answer, to its deadline at the longest.
     *
     * @param question what to ask
     * @param blocks whether the release awaits it
     * @param rule when answers settle it
     * @param moot ends it without an answer when it holds: what was asked has gone away
     */
    Answer ask(Question question, boolean blocks, Rule rule, Supplier<Boolean> moot) {
        Open mine = new Open(question, rule);
        open.put(question.subject(), mine);
        journal.asked(question, blocks);
        Measures.asked(ref.environment(), question);
        Herald.Card card = herald.ask(question, "question/" + question.subject() + "/" + question.askedAt());
        Supplier<Boolean> settled = () -> mine.answer != null || moot.get();
        try {
            waitFor(question, settled);
            if (mine.answer == null && mine.judging > 0) {
                Waits.until(() -> mine.judging == 0 || settled.get());
            }
        } finally {
            open.remove(question.subject(), mine);
            journal.settled(question.subject());
            card.settle(mine.answer == null ? "closed without an answer" : mine.answer.inWords());
        }
        Measures.waited(ref.environment(), question, mine.answer, moot.get());
        return mine.answer == null ? Answer.silence() : mine.answer;
    }

    Answer ask(Question question, Rule rule) {
        return ask(question, true, rule, () -> false);
    }

    private static void waitFor(Question question, Supplier<Boolean> settled) {
        Instant deadline = question.deadline();
        if (deadline == null) {
            Waits.until(settled);
        } else {
            Waits.until(deadline, "deadline of: " + question.title(), settled);
        }
    }

    @Nullable
    DecisionOutcome outcome(String id) {
        return outcomes.get(id);
    }

    /** Judges a decision; a second arrival of the same id gets the first's outcome. */
    DecisionOutcome decide(Decision decision) {
        if (underJudgement.contains(decision.id())) {
            Workflow.await(() -> !underJudgement.contains(decision.id()));
        }
        DecisionOutcome known = outcomes.get(decision.id());
        return known != null ? known : judge(decision);
    }

    private DecisionOutcome judge(Decision decision) {
        Instant arrivedAt = Waits.now();
        Optional<String> refused = refusal(decision);
        if (refused.isPresent()) {
            return settle(decision, arrivedAt, UNJUDGED, Ruling.no(refused.get()));
        }
        Open question = open.get(decision.subject());
        underJudgement.add(decision.id());
        if (question != null) {
            question.judging++;
        }
        try {
            Judgement judgement = judgement(decision);
            Ruling ruling = refusal(decision)
                    .or(() -> refusal(decision, judgement))
                    .map(Ruling::no)
                    .orElseGet(() -> rule(decision, judgement));
            return settle(decision, arrivedAt, judgement, ruling);
        } finally {
            underJudgement.remove(decision.id());
            if (question != null) {
                question.judging--;
            }
        }
    }

    private DecisionOutcome settle(Decision decision, Instant arrivedAt, Judgement judgement, Ruling ruling) {
        DecisionOutcome outcome = new DecisionOutcome(decision.id(), ruling.accepted(), ruling.message(), Waits.now());
        journal.decided(new DecisionRecord(
                decision,
                arrivedAt,
                ruling.accepted(),
                judgement.person(),
                judgement.roles(),
                judgement.trust(),
                outcome.message()));
        outcomes.put(decision.id(), outcome);
        return outcome;
    }

    /** Asks who it is, out of reach of a cancelled release: its rollback still asks people. */
    private Judgement judgement(Decision decision) {
        AtomicReference<Judgement> judgement = new AtomicReference<>(UNJUDGED);
        Workflow.newDetachedCancellationScope(() -> {
                    try {
                        judgement.set(people(decision).judge(ref.at(decision.subject()), decision));
                    } catch (ActivityFailure e) {
                        judgement.set(unknown("could not be judged: " + Text.problem(e)));
                    }
                })
                .run();
        return Objects.requireNonNull(judgement.get());
    }

    private static DecisionActivities people(Decision decision) {
        String row = "judge: " + decision.verb().word() + " of " + decision.subject() + ", from " + decision.who();
        return Workflow.newLocalActivityStub(
                DecisionActivities.class,
                LocalActivityOptions.newBuilder()
                        .setStartToCloseTimeout(JUDGING)
                        .setRetryOptions(
                                RetryOptions.newBuilder().setMaximumAttempts(3).build())
                        .setSummary(Text.cut(row, 200))
                        .build());
    }

    private static Judgement unknown(@Nullable String why) {
        return new Judgement(false, null, List.of(), why, "unknown");
    }

    /** Why a decision cannot count, whoever it is from. */
    private Optional<String> refusal(Decision decision) {
        if (!decision.release().equals(ref.release())) {
            return Optional.of("this is release " + ref.release() + ", not " + decision.release());
        }
        if (journal.course().ended()) {
            return Optional.of("release " + ref.release() + " has ended: " + journal.state());
        }
        if (journal.continuedIn() != null) {
            return Optional.of("the release goes on in " + journal.continuedIn() + "; say it there");
        }
        if (decision.verb().toRelease() && decision.subject().equals(Decision.RELEASE)) {
            return Optional.empty();
        }
        Open question = open.get(decision.subject());
        if (question == null) {
            return Optional.of("nothing is asked about '" + decision.subject() + "' now; open: "
                    + (open.isEmpty() ? "nothing" : String.join(", ", open.keySet())));
        }
        if (!question.takes(decision.verb())) {
            return Optional.of("'" + decision.subject() + "' does not take "
                    + decision.verb().word() + "; it takes " + question.verbs());
        }
        if (decision.digest() != null && !decision.digest().equals(question.question.digest())) {
            return Optional.of("what '" + decision.subject() + "' shows has changed since: its digest is "
                    + question.question.digest() + ", yours names " + decision.digest());
        }
        return Optional.empty();
    }

    private Optional<String> refusal(Decision decision, Judgement judgement) {
        Open question = open.get(decision.subject());
        List<String> roles =
                question == null ? journal.plan().roles().stream().map(Role::id).toList() : question.question.roles();
        if (!judgement.authentic()) {
            return Optional.of(judgement.refusal() == null ? "the decision has no valid proof" : judgement.refusal());
        }
        if (!judgement.mayAct(roles)) {
            return Optional.of(judgement.person() + " holds none of the roles " + String.join(", ", roles));
        }
        return Optional.empty();
    }

    private Ruling rule(Decision decision, Judgement judgement) {
        Vote vote = Vote.of(decision, String.valueOf(judgement.person()), judgement.roles());
        Open question = open.get(decision.subject());
        Ruling ruling = question == null ? commands.carryOut(vote) : question.take(vote);
        if (ruling.accepted()) {
            journal.note(vote.inWords() + (question == null ? "" : " (" + decision.subject() + ")"));
        }
        return ruling;
    }

    /** A question and the answers it has so far. */
    private static final class Open {
        private final Question question;
        private final Rule rule;
        private final List<Vote> votes = new ArrayList<>();
        private @Nullable Answer answer;
        private int judging;

        Open(Question question, Rule rule) {
            this.question = question;
            this.rule = rule;
        }

        boolean takes(Verb verb) {
            return question.verbs().contains(verb);
        }

        String verbs() {
            return String.join(", ", question.verbs().stream().map(Verb::word).toList());
        }

        Ruling take(Vote vote) {
            Optional<String> refused = rule.refuses(vote);
            if (refused.isPresent()) {
                return Ruling.no(refused.get());
            }
            votes.removeIf(earlier -> earlier.person().equals(vote.person()));
            if (vote.verb() == Verb.REVOKE) {
                return Ruling.yes("taken back");
            }
            votes.add(vote);
            answer = rule.settle(votes).orElse(null);
            return Ruling.yes(
                    answer == null
                            ? "counted; more people are asked"
                            : "'" + question.subject() + "' is settled: " + answer.inWords());
        }
    }
}
