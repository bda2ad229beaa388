package io.longwatch.system.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longwatch.contract.Json;
import io.longwatch.system.demo.DemoProcess.Footprint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("by-hand")
@Timeout(600)
class DemoProcessTest {
    private static final Pattern PAGE = Pattern.compile(
            "The release's page: (http://127\\.0\\.0\\.1:\\d+)(/namespaces/\\S+/workflows/)(\\S+)/(\\S+)");

    /** Durations in which the bridge's plan is over in about a minute. */
    private static final Map<String, String> BRISK = Map.of(
            "sourceLead", "20s",
            "infrastructureLead", "16s",
            "environmentLead", "12s",
            "startup", "10s",
            "peak", "10s",
            "overnight", "10s",
            "leakWatch", "10s");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path home;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @BeforeAll
    static void install() throws Exception {
        DemoProcess.install(home);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Starting the sandbox", "AWAITING_DECISION", "SOAKING"})
    void nothingIsLeftAfterCtrlC(String when) throws Exception {
        // Given
        try (DemoProcess demo = DemoProcess.start(home, folder)) {
            demo.awaitSaid(when).awaitChild();
            Footprint footprint = demo.footprint();

            // When
            demo.interrupt();

            // Then
            assertThat(footprint.processes()).hasSizeGreaterThan(1);
            demo.assertNothingIsLeftOf(footprint);
            assertThat(demo.said()).doesNotContain("Exception");
        }
    }

    @Test
    void inTheUiThePageStaysUntilEnterAndNothingAfterIt() throws Exception {
        // Given
        Path plan = home.resolve("plans/auren-biometric-bridge");
        StringBuilder brisk = new StringBuilder();
        for (String line : Files.readAllLines(plan.resolve("short.yaml"))) {
            String name = line.replaceFirst(":.*", "");
            brisk.append(BRISK.containsKey(name) ? name + ": " + BRISK.get(name) : line)
                    .append('\n');
        }
        Files.writeString(plan.resolve("short.yaml"), brisk);
        try (DemoProcess demo = DemoProcess.start(home, folder, "--ui")) {
            demo.awaitSaid("The release's page: http");
            Matcher page = PAGE.matcher(demo.said());
            assertThat(page.find()).as(demo.said()).isTrue();
            HttpResponse<String> shown = get(page.group(1) + page.group(2) + page.group(3) + "/" + page.group(4));
            JsonNode known = Json.mapper()
                    .readTree(get(page.group(1) + "/api/v1" + page.group(2) + page.group(3) + "?execution.runId="
                                    + page.group(4))
                            .body());
            demo.awaitSaid("Its page stays until you press Enter");
            Footprint footprint = demo.footprint();

            // When
            demo.enter();
            int exit = demo.awaitEnd();

            // Then
            assertThat(shown.statusCode()).isEqualTo(200);
            assertThat(known.at("/workflowExecutionInfo/type/name").asText())
                    .as(known.toString())
                    .isEqualTo("Release");
            assertThat(exit).as(demo.said()).isZero();
            assertThat(demo.said()).contains("ended SUCCEEDED");
            demo.assertNothingIsLeftOf(footprint);
        }
    }

    private static HttpResponse<String> get(String address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }
}
