package io.longwatch.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.actions.Contracts;
import io.longwatch.activities.connection.Connection;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.decision.People;
import io.longwatch.activities.decision.Proofs;
import io.longwatch.contract.ActionSpec;
import io.longwatch.worker.config.ConnectionKinds;
import io.longwatch.worker.config.WorkerConfig;
import io.longwatch.worker.config.WorkerConfigFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What plans may name, a worker can do; what the README shows, a worker can read. */
class EverythingIsServedTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @Test
    void everySystemOfTheCatalogueIsServed() {
        // Given
        Connections none = new Connections("production", Map.of(), Map.of());

        // When
        try (Systems systems = new Systems(new People(List.of()), new Proofs(null, List.of()), Clock.systemUTC())) {
            List<Object> served = systems.activities(none);

            // Then
            assertThat(Contracts.all())
                    .allSatisfy(contract -> assertThat(served).hasAtLeastOneElementOfType(contract));
        }
    }

    @Test
    void everyConnectionThatActionsNeedCanBeConfigured() {
        assertThat(ConnectionKinds.all())
                .containsKeys(Contracts.catalog().all().stream()
                        .filter(ActionSpec::connected)
                        .map(ActionSpec::connectionKind)
                        .distinct()
                        .toArray(String[]::new));
    }

    @Test
    void theConfigurationInTheReadmeIsRead() throws Exception {
        // Given
        Matcher block = YAML.matcher(Files.readString(README));
        assertThat(block.find()).as("a block of YAML in the README").isTrue();

        // When
        WorkerConfig config = WorkerConfigFile.parse(block.group(1), "README.md");

        // Then
        assertThat(config.connections())
                .singleElement()
                .satisfies(production -> assertThat(production.byName().values())
                        .extracting(Connection::kind)
                        .contains("kubernetes", "postgres", "redis", "kafka", "prometheus", "slack"));
    }
}
