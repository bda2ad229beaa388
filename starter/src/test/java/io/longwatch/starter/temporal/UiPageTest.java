package io.longwatch.starter.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UiPageTest {
    private static final String PATH = "/namespaces/releases/workflows/release%2Fbridge%2Fproduction/0192-run";

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:7233, , http://localhost:8233",
        "localhost:7300, , http://localhost:8300",
        "temporal.internal:7233, , ",
        "127.0.0.1:65000, , ",
        "releases.a1b2c.tmprl.cloud:7233, , https://cloud.temporal.io",
        "eu-west-1.aws.api.temporal.io:7233, , https://cloud.temporal.io",
        "temporal.internal:7233, https://temporal-ui.internal/, https://temporal-ui.internal",
        "127.0.0.1:7233, http://127.0.0.1:9000, http://127.0.0.1:9000"
    })
    void aWorkflowsPageIsWhereTheUiIsSaidToBeOrUsuallyIs(String address, String said, String base) {
        // Given
        WorkflowExecution run = WorkflowExecution.newBuilder()
                .setWorkflowId("release/bridge/production")
                .setRunId("0192-run")
                .build();
        Map<String, String> environment = said == null ? Map.of() : Map.of("LONGWATCH_UI_URL", said);
        try (Connection connection = connection(address)) {

            // When
            Optional<String> page = UiPage.of(connection, run, environment);

            // Then
            assertThat(page).isEqualTo(Optional.ofNullable(base).map(known -> known + PATH));
        }
    }

    /** Nothing is connected before it is used. */
    private static Connection connection(String address) {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
        WorkflowClient client = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder().setNamespace("releases").build());
        return new Connection(client, address, stubs::shutdownNow);
    }
}
