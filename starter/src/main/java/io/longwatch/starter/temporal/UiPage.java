package io.longwatch.starter.temporal;

import io.temporal.api.common.v1.WorkflowExecution;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The page of a workflow in the Temporal UI. */
public final class UiPage {
    private UiPage() {}

    /** Its address; empty where nobody said where the UI is and it cannot be guessed. */
    public static Optional<String> of(Connection connection, WorkflowExecution run, Map<String, String> environment) {
        return base(connection.address(), environment)
                .map(base -> base + "/namespaces/" + encoded(connection.namespace()) + "/workflows/"
                        + encoded(run.getWorkflowId()) + "/" + encoded(run.getRunId()));
    }

    private static Optional<String> base(String address, Map<String, String> environment) {
        String said = environment.getOrDefault("LONGWATCH_UI_URL", environment.getOrDefault("TEMPORAL_UI_URL", ""));
        if (!said.isEmpty()) {
            return Optional.of(said.replaceFirst("/+$", ""));
        }
        if (address.contains(".tmprl.cloud") || address.contains(".temporal.io")) {
            return Optional.of("https://cloud.temporal.io");
        }
        boolean local = address.startsWith("127.0.0.1:") || address.startsWith("localhost:");
        return local ? Optional.of("http://localhost:8233") : Optional.empty();
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
