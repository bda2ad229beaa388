package io.longwatch.activities.preflight;

import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.decision.Channels;
import io.longwatch.activities.decision.People;
import io.longwatch.activities.decision.Person;
import io.longwatch.activities.decision.Proofs;
import io.longwatch.activities.slack.SlackConnection;
import io.longwatch.decision.Decision;
import io.longwatch.preflight.Lack;
import io.longwatch.preflight.Needs;
import io.longwatch.preflight.Seat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the people whom a plan asks are configured, and can be reached and heard. */
final class Seating {
    private final Connections connections;
    private final People people;
    private final Proofs proofs;

    Seating(Connections connections, People people, Proofs proofs) {
        this.connections = connections;
        this.people = people;
        this.proofs = proofs;
    }

    /** Questions that nobody could ever answer. */
    List<Lack> lacks(Needs needs) {
        if (people.isEmpty()) {
            return List.of();
        }
        return needs.seats().stream()
                .filter(seat -> seat.people() > 0)
                .flatMap(seat -> refusal(seat, needs).map(why -> new Lack(seat.user(), why)).stream())
                .toList();
    }

    private Optional<String> refusal(Seat seat, Needs needs) {
        List<Person> holders = people.holding(List.of(seat.role()));
        if (holders.size() < seat.people()) {
            return Optional.of("needs " + count(seat.people()) + " with the role '" + seat.role()
                    + "'; people in the worker's configuration has " + holders.size());
        }
        List<Person> others = holders.stream()
                .filter(person -> !asksForIt(person, seat, needs))
                .toList();
        if (others.size() < seat.people()) {
            return Optional.of("needs " + count(seat.people()) + " with the role '" + seat.role()
                    + "' besides whoever asks for the release (fourEyes); there are " + others.size());
        }
        long able = others.stream().filter(person -> canAnswer(person, needs)).count();
        return able >= seat.people()
                ? Optional.empty()
                : Optional.of(
                        "needs " + count(seat.people()) + " with the role '" + seat.role() + "' who can answer by "
                                + String.join(" or ", proofs.channels()) + "; there are " + able + without(needs));
    }

    private static boolean asksForIt(Person person, Seat seat, Needs needs) {
        Decision claim = needs.claim();
        return seat.fourEyes() && claim != null && person.id().equals(claim.who());
    }

    private String without(Needs needs) {
        boolean bySlack = proofs.channels().contains(Channels.SLACK);
        return bySlack && !slackWorks(needs)
                ? needs.channel() == null
                        ? ": the plan names no channel in Slack"
                        : ": the environment has no connection of kind slack"
                : "";
    }

    private boolean canAnswer(Person person, Needs needs) {
        boolean inSlack = proofs.channels().contains(Channels.SLACK) && person.slack() != null && slackWorks(needs);
        return inSlack || (proofs.channels().contains(Channels.CLI) && person.ssh() != null);
    }

    /** What a release can do without. */
    List<Lack> warnings(Needs needs) {
        List<Lack> warnings = new ArrayList<>();
        if (needs.channel() != null && !hasSlack()) {
            warnings.add(new Lack(
                    "channel",
                    "nobody is told in " + needs.channel() + ": the environment has no connection of kind slack"));
        }
        needs.seats().stream()
                .filter(seat -> seat.people() == 0 && !people.isEmpty())
                .filter(seat -> people.holding(List.of(seat.role())).isEmpty())
                .forEach(seat -> warnings.add(new Lack(
                        seat.user(),
                        "nobody holds the role '" + seat.role() + "', which is called when others are silent")));
        return warnings;
    }

    private boolean slackWorks(Needs needs) {
        return needs.channel() != null && hasSlack();
    }

    private boolean hasSlack() {
        return connections.byName().values().stream().anyMatch(SlackConnection.class::isInstance);
    }

    private static String count(int people) {
        return people == 1 ? "1 person" : people + " people";
    }
}
