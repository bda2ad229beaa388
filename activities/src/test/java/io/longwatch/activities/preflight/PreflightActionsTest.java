package io.longwatch.activities.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.redis.RedisConnection;
import io.longwatch.preflight.Lack;
import io.longwatch.preflight.Need;
import io.longwatch.preflight.Needs;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightActionsTest {
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
        PreflightActions actions = new PreflightActions(ActionContext.of(connections, Clock.systemUTC()));
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
}
