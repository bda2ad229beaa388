package io.longwatch.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.activities.connection.Connection;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.Probing;
import io.longwatch.activities.decision.People;
import io.longwatch.activities.decision.Proofs;
import io.longwatch.worker.Systems;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class EveryConnectionIsTriedTest {
    private static final List<String> BY_AN_ACTION = List.of("redis", "postgres", "kafka", "prometheus", "kubernetes");

    @Test
    void everyConnectionOfTheSandboxAnswersInWords() throws Exception {
        // Given
        Clock clock = Clock.systemUTC();
        Map<String, String> answers = new TreeMap<>();
        try (SandboxWorld world = SandboxWorld.start(Scenario.NONE, clock);
                Systems systems = new Systems(new People(List.of()), new Proofs(null, List.of()), clock)) {
            Connections connections = new Connections(SandboxWorld.ENVIRONMENT, world.connections(), world.secrets());
            List<Object> activities = systems.activities(connections);

            // When
            connections.byName().forEach((name, connection) -> answers.put(name, answer(activities, name, connection)));
        }

        // Then
        assertThat(answers)
                .isNotEmpty()
                .allSatisfy((name, answer) -> assertThat(answer).isNotBlank());
        assertThat(answers.get("dashboards")).contains("Grafana 10.4.0 answers");
        assertThat(answers.get("aws")).contains("databases seen");
        assertThat(answers.get("source")).contains("references at");
    }

    private static String answer(List<Object> activities, String name, Connection connection) {
        if (BY_AN_ACTION.contains(connection.kind())) {
            return "tried by an action";
        }
        return activities.stream()
                .filter(Probing.class::isInstance)
                .map(Probing.class::cast)
                .filter(probing -> probing.kind().equals(connection.kind()))
                .findFirst()
                .map(probing -> probing.probe(name))
                .orElse("");
    }
}
