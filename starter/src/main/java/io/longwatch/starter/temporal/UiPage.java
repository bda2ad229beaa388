package io.longwatch.starter.temporal;

import io.temporal.api.common.v1.WorkflowExecution;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page of a workflow in the Temporal UI. */
public final class UiPage {
    private static final Pattern LOCAL = Pattern.compile("(?:127\\.0\\.0\\.1|localhost):(\\d{1,5})");
    private static final Pattern BESIDE = Pattern.compile("http://localhost:(\\d{1,5})/");
    private static final int UI_ABOVE = 1000;
    private static final int MOST_PORTS = 65_535;
    private static final int MILLIS_TO_CONNECT = 500;

    private UiPage() {}

    /** Its address; empty where nobody said where the UI is and it cannot be guessed. */
    public static Optional<String> of(Connection connection, WorkflowExecution run, Map<String, String> environment) {
        return base(connection.address(), environment)
                .map(base -> base + "/namespaces/" + encoded(connection.namespace()) + "/workflows/"
                        + encoded(run.getWorkflowId()) + "/" + encoded(run.getRunId()));
    }

    /** Whether something listens where a page on this machine should be; of one elsewhere nothing is known. */
    public static boolean isUp(String page) {
        Matcher beside = BESIDE.matcher(page);
        if (!beside.lookingAt()) {
            return true;
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("localhost", Integer.parseInt(beside.group(1))), MILLIS_TO_CONNECT);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<String> base(String address, Map<String, String> environment) {
        String said = environment.getOrDefault("LONGWATCH_UI_URL", environment.getOrDefault("TEMPORAL_UI_URL", ""));
        if (!said.isEmpty()) {
            return Optional.of(said.replaceFirst("/+$", ""));
        }
        if (address.contains(".tmprl.cloud") || address.contains(".temporal.io")) {
            return Optional.of("https://cloud.temporal.io");
        }
        Matcher local = LOCAL.matcher(address);
        return local.matches() ? beside(Integer.parseInt(local.group(1))) : Optional.empty();
    }

    // Where 'temporal server start-dev' puts it: 8233 beside 7233.
    private static Optional<String> beside(int port) {
        return port + UI_ABOVE > MOST_PORTS ? Optional.empty() : Optional.of("http://localhost:" + (port + UI_ABOVE));
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
