package io.longwatch.release;

import io.longwatch.decision.Verb;
import io.longwatch.plan.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** When the answers given so far settle a question. */
interface Rule {
    Optional<Answer> settle(List<Vote> votes);

    /** Why a vote cannot count, or empty if it can. */
    default Optional<String> refuses(Vote vote) {
        return Optional.empty();
    }

    /** The first answer settles it. */
    static Rule first() {
        return votes -> votes.stream().findFirst().map(Answer::of);
    }

    /** The first answer settles it; one that vouches for something must show it. */
    static Rule shown(String what) {
        return new ShownRule(what);
    }

    /** The first answer settles what to do about a window; more time for it must be a duration. */
    static Rule window() {
        return new WindowRule();
    }

    /**
     * One no settles it; a yes needs the people the gate names, each counted for one role.
     *
     * @param requester id of who asked for the release
     */
    static Rule gate(Gate gate, String requester) {
        return new GateRule(gate, requester);
    }

    /** The rule of a window without a clear verdict. */
    record WindowRule() implements Rule {
        @Override
        public Optional<String> refuses(Vote vote) {
            boolean named = vote.verb() == Verb.EXTEND && vote.argument() != null;
            return named ? Span.refusal(vote.argument()) : Optional.empty();
        }

        @Override
        public Optional<Answer> settle(List<Vote> votes) {
            return Rule.first().settle(votes);
        }
    }

    /**
     * The rule of a point that is vouched for.
     *
     * @param what the evidence that is asked for, in words
     */
    record ShownRule(String what) implements Rule {
        @Override
        public Optional<String> refuses(Vote vote) {
            boolean bare = vote.evidence() == null || vote.evidence().isBlank();
            return vote.verb() == Verb.ATTEST && bare
                    ? Optional.of("to attest it, show evidence: " + what)
                    : Optional.empty();
        }

        @Override
        public Optional<Answer> settle(List<Vote> votes) {
            return Rule.first().settle(votes);
        }
    }

    /** The rule of a gate. */
    record GateRule(Gate gate, String requester) implements Rule {
        private static final Set<Verb> ANSWERS = Set.of(Verb.APPROVE, Verb.REJECT, Verb.REVOKE);

        @Override
        public Optional<String> refuses(Vote vote) {
            if (!ANSWERS.contains(vote.verb())) {
                return Optional.of("gate '" + gate.id() + "' is not asked to "
                        + vote.verb().word());
            }
            boolean own = gate.fourEyes() && vote.id().equals(requester);
            return own
                    ? Optional.of("you asked for this release; someone else must decide gate '" + gate.id() + "'")
                    : Optional.empty();
        }

        @Override
        public Optional<Answer> settle(List<Vote> votes) {
            Optional<Vote> no =
                    votes.stream().filter(vote -> vote.verb() == Verb.REJECT).findFirst();
            if (no.isPresent()) {
                return no.map(Answer::of);
            }
            if (!seated(seats(), votes, new ArrayList<>())) {
                return Optional.empty();
            }
            String people = votes.stream().map(Vote::person).collect(Collectors.joining(", "));
            Vote last = votes.get(votes.size() - 1);
            return Optional.of(new Answer(last.verb(), people, last.reason(), last.evidence(), last.argument()));
        }

        private List<String> seats() {
            List<String> seats = new ArrayList<>();
            for (Gate.Approval approval : gate.approvals()) {
                for (int i = 0; i < approval.count(); i++) {
                    seats.add(approval.role());
                }
            }
            return seats;
        }

        /** Whether the remaining seats can be given to distinct people who hold their roles. */
        private static boolean seated(List<String> seats, List<Vote> votes, List<Vote> taken) {
            if (seats.isEmpty()) {
                return true;
            }
            for (Vote vote : votes) {
                if (!taken.contains(vote) && holds(vote, seats.get(0))) {
                    taken.add(vote);
                    if (seated(seats.subList(1, seats.size()), votes, taken)) {
                        return true;
                    }
                    taken.remove(vote);
                }
            }
            return false;
        }

        private static boolean holds(Vote vote, String role) {
            return vote.roles().isEmpty() || vote.roles().contains(role);
        }
    }
}
