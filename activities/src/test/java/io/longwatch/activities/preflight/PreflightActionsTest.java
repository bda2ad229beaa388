package io.longwatch.activities.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.decision.Channels;
import io.longwatch.activities.decision.People;
import io.longwatch.activities.decision.Person;
import io.longwatch.activities.decision.Proofs;
import io.longwatch.activities.decision.SshPublicKey;
import io.longwatch.activities.redis.RedisConnection;
import io.longwatch.decision.Decision;
import io.longwatch.decision.Verb;
import io.longwatch.preflight.Lack;
import io.longwatch.preflight.Lacks;
import io.longwatch.preflight.Need;
import io.longwatch.preflight.Needs;
import io.longwatch.preflight.Seat;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightActionsTest {
    private static final SshPublicKey KEY =
            SshPublicKey.parse("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAWJHpDrHTmIcgSxwhIbBPizpPqKM/rDoa3urP0YqZPa");

    private static final SshPublicKey OTHER_KEY =
            SshPublicKey.parse("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPVDj48gjcLitKIyvo+aUEgMzkpnsQSQggD3DRn1qo8U");

    @TempDir
    private Path folder;

    @Test
    void whatIsMissingOrOfAnotherKindIsNamedWithWhatThereIs() throws Exception {
        // Given
        Path token = Files.writeString(folder.resolve("token"), "t");
        Connections connections = new Connections(
                "production",
                Map.of("cache", new RedisConnection(URI.create("redis://127.0.0.1:1"), null, null, null)),
                Map.of(
                        "TOKEN", Secret.ofFile(token),
                        "GONE", Secret.ofFile(folder.resolve("gone"))));
        PreflightActions actions = actions(connections, People.none());
        Needs needs = new Needs(
                "production",
                List.of(
                        new Need("a", "redis", "cache"),
                        new Need("b", "redis", null),
                        new Need("c", "kafka", "events"),
                        new Need("d", "kafka", "cache"),
                        new Need("e", "kafka", null),
                        new Need("f", Need.SECRET, "TOKEN"),
                        new Need("g", Need.SECRET, "GONE"),
                        new Need("h", Need.SECRET, "OTHER")));

        // When
        List<Lack> lacks = actions.lacks(needs).all();

        // Then
        assertThat(lacks)
                .containsExactly(
                        new Lack("c", "connection 'events' (kafka) is not configured; there are cache (redis)"),
                        new Lack("d", "connection 'cache' is of kind redis; the step needs kafka"),
                        new Lack("e", "needs the only connection of kind kafka; there are 0 in cache (redis)"),
                        new Lack("g", "secret 'GONE': secret file " + folder.resolve("gone") + " cannot be read"),
                        new Lack("h", "secret 'OTHER' is not configured; there are GONE, TOKEN"));
    }

    @Test
    void questionsThatNobodyCouldEverAnswerAreNamed() {
        // Given
        People people = new People(List.of(
                new Person("Ada", "ada", List.of("manager"), "U1", null),
                new Person("Bob", "bob", List.of("manager", "on-call"), null, KEY)));
        PreflightActions actions = actions(new Connections("production", Map.of(), Map.of()), people);
        Needs needs = new Needs(
                "production",
                List.of(),
                List.of(
                        new Seat("go", "manager", 1),
                        new Seat("both", "manager", 2),
                        new Seat("lead", "architect", 1),
                        new Seat("night", "on-call", 1),
                        new Seat("go", "director", 0)),
                "releases",
                null);

        // When
        Lacks lacks = actions.lacks(needs);

        // Then
        assertThat(lacks.all())
                .containsExactly(
                        new Lack(
                                "both",
                                "needs 2 people with the role 'manager' who can answer by slack or cli; there are 1:"
                                        + " the environment has no connection of kind slack"),
                        new Lack(
                                "lead",
                                "needs 1 person with the role 'architect'; people in the worker's configuration has"
                                        + " 0"));
        assertThat(lacks.warnings())
                .containsExactly(
                        new Lack(
                                "channel",
                                "nobody is told in releases: the environment has no connection of kind slack"),
                        new Lack("go", "nobody holds the role 'director', which is called when others are silent"));
    }

    @Test
    void aGateOfFourEyesNeedsSomeoneElseThanWhoAsksForTheRelease() {
        // Given
        People people = new People(List.of(
                new Person("Ada", "ada", List.of("manager", "on-call"), null, KEY),
                new Person("Bob", "bob", List.of("on-call"), null, OTHER_KEY)));
        PreflightActions actions = actions(new Connections("production", Map.of(), Map.of()), people);
        List<Seat> seats = List.of(
                new Seat("go", "manager", 1, true),
                new Seat("night", "on-call", 1, true),
                new Seat("lead", "manager", 1));

        // When
        List<Lack> ofAda = actions.lacks(needs(seats, "ada")).all();
        List<Lack> ofBob = actions.lacks(needs(seats, "bob")).all();

        // Then
        assertThat(ofAda)
                .containsExactly(new Lack(
                        "go",
                        "needs 1 person with the role 'manager' besides whoever asks for the release (fourEyes);"
                                + " there are 0"));
        assertThat(ofBob).isEmpty();
    }

    private static Needs needs(List<Seat> seats, String requester) {
        Decision claim = new Decision(
                "bridge-1/start",
                "bridge-1",
                "start",
                "digest",
                Verb.APPROVE,
                requester,
                Channels.CLI,
                Instant.EPOCH,
                null,
                null,
                null,
                null);
        return new Needs("production", List.of(), seats, null, null).askedBy(claim);
    }

    private static PreflightActions actions(Connections connections, People people) {
        return new PreflightActions(
                ActionContext.of(connections, Clock.systemUTC()),
                people,
                new Proofs(null, List.of(Channels.SLACK, Channels.CLI)));
    }
}
