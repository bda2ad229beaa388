package io.longwatch.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.actions.Contracts;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connection;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.decision.People;
import io.longwatch.activities.decision.Proofs;
import io.longwatch.activities.preflight.PreflightActions;
import io.longwatch.contract.ActionSpec;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.preflight.Lack;
import io.longwatch.preflight.Lacks;
import io.longwatch.preflight.Need;
import io.longwatch.preflight.Needs;
import io.longwatch.worker.config.ConnectionKinds;
import io.longwatch.worker.config.WorkerConfig;
import io.longwatch.worker.config.WorkerConfigFile;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    private static final Path PLANS = Path.of("..", "plans");
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
        // When
        WorkerConfig config = readme();

        // Then
        assertThat(config.connections())
                .singleElement()
                .satisfies(production -> assertThat(production.byName().values())
                        .extracting(Connection::kind)
                        .contains("kubernetes", "postgres", "redis", "kafka", "prometheus", "slack"));
    }

    @Test
    void theWorkerOfTheReadmeHasWhatThePlanThatTheReadmeStartsNames() throws Exception {
        // Given
        Needs needs = needs(PLANS.resolve("auren-biometric-bridge"));

        // When
        Lacks lacks = lacks(readme(), needs);

        // Then
        assertThat(needs.all()).extracting(Need::kind).contains(Need.SECRET, "http", "cloud");
        assertThat(lacks.all())
                .extracting(Lack::problem)
                .as("all that is lacking is what no README can hold: the secrets' values")
                .allSatisfy(problem -> assertThat(problem).endsWith("is not set"));
    }

    @Test
    void theWorkerOfTheFirstTryHasAllThatItsPlanNames() throws Exception {
        // Given
        Path folder = PLANS.resolve("first-try");
        Needs needs = needs(folder);

        // When
        Lacks lacks = lacks(WorkerConfigFile.parse(read(folder.resolve("worker.yaml")), "worker.yaml"), needs);

        // Then
        assertThat(needs.all()).extracting(Need::kind).contains("http");
        assertThat(lacks.all()).isEmpty();
    }

    private static Needs needs(Path folder) {
        LoadedPlan.Loaded read = (LoadedPlan.Loaded) PlanLoader.load(
                "plan.yaml",
                read(folder.resolve("plan.yaml")),
                path -> read(folder.resolve(path)),
                Contracts.catalog(),
                Map.of(),
                PlanLoader.Mode.FOR_START);
        return Needs.of(read.plan(), read.parameters(), Contracts.catalog());
    }

    private static Lacks lacks(WorkerConfig config, Needs needs) {
        ActionContext environment = ActionContext.of(config.connections().get(0), Clock.systemUTC());
        return new PreflightActions(environment, config.directory(), config.checks()).lacks(needs);
    }

    private static WorkerConfig readme() throws Exception {
        Matcher block = YAML.matcher(Files.readString(README));
        assertThat(block.find()).as("a block of YAML in the README").isTrue();
        return WorkerConfigFile.parse(block.group(1), "README.md");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
