package io.longwatch.activities.preflight;

import static java.util.stream.Collectors.joining;

import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connection;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.decision.People;
import io.longwatch.activities.decision.Proofs;
import io.longwatch.preflight.Lack;
import io.longwatch.preflight.Lacks;
import io.longwatch.preflight.Need;
import io.longwatch.preflight.Needs;
import io.longwatch.preflight.PreflightActivities;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Compares what a plan names with what is configured. Connects to nothing; that is doctor's. */
public final class PreflightActions implements PreflightActivities {
    private final Connections connections;
    private final Seating seating;

    public PreflightActions(ActionContext context, People people, Proofs proofs) {
        this.connections = context.connections();
        this.seating = new Seating(connections, people, proofs);
    }

    @Override
    public Lacks lacks(Needs needs) {
        Stream<Lack> unmet = needs.all().stream()
                .flatMap(need -> (need.isSecret() ? secret(need) : connection(need))
                        .map(problem -> new Lack(need.user(), problem)).stream());
        List<Lack> all = Stream.concat(unmet, seating.lacks(needs).stream()).toList();
        return new Lacks(all, seating.warnings(needs), null);
    }

    private Optional<String> connection(Need need) {
        if (need.name() == null) {
            long found = connections.byName().values().stream()
                    .filter(connection -> connection.kind().equals(need.kind()))
                    .count();
            return found == 1
                    ? Optional.empty()
                    : Optional.of("needs the only connection of kind " + need.kind() + "; there are " + found + " in "
                            + configured());
        }
        Connection found = connections.byName().get(need.name());
        if (found == null) {
            return Optional.of("connection '" + need.name() + "' (" + need.kind() + ") is not configured; there are "
                    + configured());
        }
        return found.kind().equals(need.kind())
                ? Optional.empty()
                : Optional.of("connection '" + need.name() + "' is of kind " + found.kind() + "; the step needs "
                        + need.kind());
    }

    private Optional<String> secret(Need need) {
        Secret found = connections.secrets().get(String.valueOf(need.name()));
        if (found == null) {
            return Optional.of("secret '" + need.name() + "' is not configured; there are "
                    + (connections.secrets().isEmpty()
                            ? "none"
                            : String.join(", ", new TreeMap<>(connections.secrets()).keySet())));
        }
        try {
            found.reveal();
            return Optional.empty();
        } catch (Secret.SecretMissing e) {
            return Optional.of("secret '" + need.name() + "': " + e.getMessage());
        }
    }

    private String configured() {
        return connections.byName().isEmpty()
                ? "none"
                : new TreeMap<>(connections.byName())
                        .entrySet().stream()
                                .map(each ->
                                        each.getKey() + " (" + each.getValue().kind() + ")")
                                .collect(joining(", "));
    }
}
