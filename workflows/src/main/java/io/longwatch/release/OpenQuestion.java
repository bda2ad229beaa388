package io.longwatch.release;

import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A question that people are asked, and the answers it has so far. */
final class OpenQuestion {
    private final Rule rule;
    private final Consumer<Question> shown;
    private final List<Vote> votes = new ArrayList<>();
    private Question question;
    private @Nullable Answer answer;
    private int judging;

    /**
     * A question with the answers that count already.
     *
     * @param rule when answers settle it
     * @param counted answers from before
     * @param shown told of the question after each answer that leaves it open
     */
    OpenQuestion(Question question, Rule rule, List<Vote> counted, Consumer<Question> shown) {
        this.question = question;
        this.rule = rule;
        this.shown = shown;
        votes.addAll(counted);
    }

    /** As people are shown it now. */
    Question question() {
        return question;
    }

    /** What settled it; empty as long as it is open. */
    Optional<Answer> answer() {
        return Optional.ofNullable(answer);
    }

    /** Answers that count so far. */
    List<Vote> votes() {
        return List.copyOf(votes);
    }

    boolean settled() {
        return answer != null;
    }

    /** Whether an answer to it is being judged. */
    boolean beingJudged() {
        return judging > 0;
    }

    void judgingBegins() {
        judging++;
    }

    void judgingEnds() {
        judging--;
    }

    boolean takes(Verb verb) {
        return question.verbs().contains(verb);
    }

    /** What it takes, in words. */
    String verbs() {
        return String.join(", ", question.verbs().stream().map(Verb::word).toList());
    }

    /** Counts an answer, in place of the same person's former one. */
    Ruling take(Vote vote) {
        if (answer != null && Change.KEEPS_TO_DECISIONS.known()) {
            return Ruling.no("'" + question.subject() + "' is settled: " + answer.inWords());
        }
        Optional<String> refused = rule.refuses(vote);
        if (refused.isPresent()) {
            return Ruling.no(refused.get());
        }
        boolean stood = votes.removeIf(earlier -> earlier.id().equals(vote.id()));
        if (vote.verb() == Verb.REVOKE && !stood && Change.REVOKES_WHAT_STANDS.known()) {
            return Ruling.no("no answer of " + vote.person() + "'s to '" + question.subject() + "' stands");
        }
        if (vote.verb() == Verb.REVOKE) {
            show();
            return Ruling.yes("taken back");
        }
        votes.add(vote);
        answer = rule.settle(votes).orElse(null);
        show();
        return Ruling.yes(
                answer == null
                        ? "counted; more people are asked"
                        : "'" + question.subject() + "' is settled: " + answer.inWords());
    }

    /** Shows who has answered so far, for as long as more are asked. */
    private void show() {
        question = question.withAnswerOf(Vote.people(votes));
        if (answer == null) {
            shown.accept(question);
        }
    }
}
