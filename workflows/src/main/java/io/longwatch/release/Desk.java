package io.longwatch.release;

import io.longwatch.contract.StepRef;
import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionOutcome;
import io.longwatch.decision.Judgement;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where questions are put to people and their decisions are heard. A decision counts once, by its id. */
final class Desk {
    private static final Judgement UNJUDGED = Judges.unknown(null);
    private static final Set<Verb> REASONED = Set.of(Verb.WAIVE, Verb.SKIP);

    private final Journal journal;
    private final Announcer announcer;
    private final Commands commands;
    private final StepRef ref;
    private final Edition edition;
    private final Map<String, OpenQuestion> open = new LinkedHashMap<>();
    private final Map<String, Heard> heard = new LinkedHashMap<>();
    private final Map<String, List<Vote>> unsettled = new LinkedHashMap<>();
    private final List<String> underJudgement = new ArrayList<>();

    Desk(Journal journal, Announcer announcer, Commands commands, StepRef ref, Edition edition) {
        this.journal = journal;
        this.announcer = announcer;
        this.commands = commands;
        this.ref = ref;
        this.edition = edition;
        journal.decisions()
                .forEach(known -> heard.put(known.decision().id(), new Heard(known.decision(), outcome(known))));
    }

    /** A decision that an earlier run judged still counts once. */
    private static DecisionOutcome outcome(DecisionRecord known) {
        return new DecisionOutcome(known.decision().id(), known.accepted(), known.message(), known.arrivedAt());
    }

    /**
     * Puts a question and waits for its answer, to its deadline at the longest.
     *
     * @param question what to ask
     * @param rule when answers settle it
     * @param moot ends it without an answer when it holds: what was asked has gone away
     */
    Answer ask(Question question, Rule rule, Supplier<Boolean> moot) {
        return ask(question, rule, moot, true);
    }

    /** Puts a question that the release does not await; waits for its answer, to its deadline at the longest. */
    Answer askBeside(Question question, Rule rule) {
        return ask(question, rule, () -> false, false);
    }

    /** What counted when the same question's deadline passed still counts. */
    private Answer ask(Question asked, Rule rule, Supplier<Boolean> moot, boolean awaited) {
        List<Vote> counted = edition.outlastsHolds() ? unsettled.remove(asked.digest()) : null;
        List<Vote> votes = counted == null ? List.of() : counted;
        Question question = asked.withAnswerOf(Vote.people(votes));
        journal.asked(question, awaited);
        return answered(question, rule, moot, votes);
    }

    private Answer answered(Question question, Rule rule, Supplier<Boolean> moot, List<Vote> counted) {
        Measures.asked(ref.environment(), question);
        Announcer.Card card = announcer.ask(question, "question/" + question.subject() + "/" + question.askedAt());
        OpenQuestion mine = new OpenQuestion(question, rule, counted, so -> {
            journal.answered(so);
            card.answered(so);
        });
        open.put(question.subject(), mine);
        Supplier<Boolean> settled = () -> mine.settled() || moot.get();
        try {
            waitFor(question, settled);
            if (!mine.settled() && mine.beingJudged()) {
                Waits.until(() -> !mine.beingJudged() || settled.get());
            }
        } finally {
            open.remove(question.subject(), mine);
            journal.settled(question.subject());
            card.settle(mine.answer().map(Answer::inWords).orElse("closed without an answer"));
        }
        if (!mine.settled()) {
            unsettled.put(question.digest(), mine.votes());
        }
        Measures.waited(ref.environment(), question, mine.answer().orElse(null), moot.get());
        return mine.answer().orElseGet(Answer::silence);
    }

    Answer ask(Question question, Rule rule) {
        return ask(question, rule, () -> false);
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
        Heard known = heard.get(id);
        return known == null ? null : known.outcome;
    }

    /**
     * Judges a decision; a second arrival of it gets the first's outcome. Another one under an id that was refused is
     * judged for itself, or a forged one could keep a true one out.
     */
    DecisionOutcome decide(Decision decision) {
        if (underJudgement.contains(decision.id())) {
            Workflow.await(() -> !underJudgement.contains(decision.id()));
        }
        Heard known = heard.get(decision.id());
        if (known == null) {
            return judge(decision);
        }
        if (!edition.binds() || known.isOf(decision)) {
            return known.outcome;
        }
        return known.outcome.accepted()
                ? new DecisionOutcome(
                        decision.id(), false, "another decision came under its id; say it anew", Waits.now())
                : judge(decision);
    }

    private DecisionOutcome judge(Decision decision) {
        Instant arrivedAt = Waits.now();
        Optional<String> refused = refusal(decision);
        if (refused.isPresent()) {
            return settle(decision, arrivedAt, UNJUDGED, Ruling.no(refused.get()));
        }
        OpenQuestion question = addressed(decision);
        underJudgement.add(decision.id());
        if (question != null) {
            question.judgingBegins();
        }
        try {
            Judgement judgement = Judges.judge(ref.at(decision.subject()), decision, edition.judgesAtHome());
            Ruling ruling = refusal(decision)
                    .or(() -> refusal(decision, judgement))
                    .map(Ruling::no)
                    .orElseGet(() -> rule(decision, judgement));
            return settle(decision, arrivedAt, judgement, ruling);
        } finally {
            underJudgement.remove(decision.id());
            if (question != null) {
                question.judgingEnds();
            }
        }
    }

    private DecisionOutcome settle(Decision decision, Instant arrivedAt, Judgement judgement, Ruling ruling) {
        DecisionOutcome outcome = new DecisionOutcome(decision.id(), ruling.accepted(), ruling.message(), Waits.now());
        Decision kept = ruling.accepted() ? decision : decision.shortened();
        journal.decided(new DecisionRecord(
                kept,
                arrivedAt,
                ruling.accepted(),
                judgement.person(),
                judgement.roles(),
                judgement.trust(),
                outcome.message()));
        heard.put(kept.id(), new Heard(kept, outcome));
        return outcome;
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
        Optional<String> tooLarge = decision.tooLarge();
        if (edition.binds() && tooLarge.isPresent()) {
            return tooLarge;
        }
        OpenQuestion question = addressed(decision);
        if (question == null
                && decision.verb().toRelease()
                && decision.subject().equals(Decision.RELEASE)) {
            return Optional.empty();
        }
        if (question == null) {
            return Optional.of("nothing is asked about '" + decision.subject() + "' now; open: "
                    + (open.isEmpty() ? "nothing" : String.join(", ", open.keySet())));
        }
        if (!question.takes(decision.verb())) {
            return Optional.of("'" + decision.subject() + "' does not take "
                    + decision.verb().word() + "; it takes " + question.verbs());
        }
        if (edition.binds() && decision.digest() == null) {
            return Optional.of("it does not say what was shown: an answer to '" + decision.subject()
                    + "' names the digest of its question");
        }
        if (decision.digest() != null
                && !decision.digest().equals(question.question().digest())) {
            return Optional.of("what '" + decision.subject() + "' shows has changed since: its digest is "
                    + question.question().digest() + ", yours names " + decision.digest());
        }
        boolean bare = decision.reason() == null || decision.reason().isBlank();
        return edition.binds() && bare && REASONED.contains(decision.verb())
                ? Optional.of(decision.verb().word() + " needs a reason; it is kept in the record")
                : Optional.empty();
    }

    /** The open question that a decision answers; null for what is said to the release, which binds no digest. */
    private @Nullable OpenQuestion addressed(Decision decision) {
        boolean toRelease =
                decision.verb().toRelease() && decision.subject().equals(Decision.RELEASE) && decision.digest() == null;
        return edition.binds() && toRelease ? null : open.get(decision.subject());
    }

    private Optional<String> refusal(Decision decision, Judgement judgement) {
        OpenQuestion question = addressed(decision);
        List<String> roles = question == null
                ? journal.plan().roleIds()
                : question.question().roles();
        if (!judgement.authentic()) {
            return Optional.of(judgement.refusal() == null ? "the decision has no valid proof" : judgement.refusal());
        }
        if (!judgement.mayAct(roles)) {
            return Optional.of(judgement.person() + " holds none of the roles " + String.join(", ", roles));
        }
        return Optional.empty();
    }

    private Ruling rule(Decision decision, Judgement judgement) {
        Vote vote = Vote.of(decision, judgement);
        OpenQuestion question = addressed(decision);
        Ruling ruling = take(vote, question);
        if (ruling.accepted()) {
            journal.note(vote.inWords() + (question == null ? "" : " (" + decision.subject() + ")"));
        }
        return ruling;
    }

    /** A fault in what carries a decision out refuses this one; it would stop the release for ever otherwise. */
    private Ruling take(Vote vote, @Nullable OpenQuestion question) {
        try {
            return question == null ? commands.carryOut(vote) : question.take(vote);
        } catch (RuntimeException e) {
            Workflow.getLogger(Desk.class).error("a decision could not be carried out", e);
            return Ruling.no("it could not be carried out: " + Text.problem(e));
        }
    }

    /** A decision that was judged, with what became of it. */
    private record Heard(Decision decision, DecisionOutcome outcome) {
        /** One that counted is known again by what it says; one that did not, by every field. */
        boolean isOf(Decision again) {
            return outcome.accepted() ? decision.saysSameAs(again) : decision.equals(again.shortened());
        }
    }
}
