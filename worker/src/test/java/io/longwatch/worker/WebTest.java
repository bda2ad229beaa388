package io.longwatch.worker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.longwatch.worker.config.WorkerConfig;
import io.longwatch.worker.config.WorkerConfigFile;
import io.longwatch.worker.slack.SlackReceiver;
import io.temporal.client.WorkflowClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class WebTest {
    @TempDir
    private Path folder;

    private final List<Socket> open = new ArrayList<>();
    private Web web;
    private SlackReceiver slack;

    @BeforeEach
    void serve() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "signing-secret");
        WorkerConfig config = WorkerConfigFile.parse("""
                listen: {port: 0}
                environments: {production: {}}
                slack: {botToken: {file: '%s'}, signingSecret: {file: '%s'}}
                """.formatted(secret, secret), "worker.yaml");
        web = new Web(config.listen());
        slack = new SlackReceiver(config, mock(WorkflowClient.class), Clock.systemUTC());
        web.serve(SlackReceiver.PATH, slack::handle);
        web.serveHealth("/health/live", new Web.Told("live", "dead", List::of, () -> List.of("Slack is away")));
        web.start();
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket each : open) {
            each.close();
        }
        web.close();
        slack.close();
    }

    @Test
    void requestsHalfSentToSlacksPageDoNotKeepHealthFromAnswering() throws Exception {
        // Given
        for (int i = 0; i < 40; i++) {
            halfSent();
        }

        // When
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + web.address().getPort() + "/health/live"))
                                .timeout(Duration.ofSeconds(3))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(answer.body()).isEqualTo("{\"status\":\"live\",\"besides\":[\"Slack is away\"]}");
    }

    @Test
    void aRequestThatIsNeverSentToItsEndIsCutOff() throws Exception {
        // Given
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Alone.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var port = new BufferedReader(new InputStreamReader(process.getInputStream(), US_ASCII))) {
            Socket half = connect(Integer.parseInt(port.readLine()));
            half.setSoTimeout(30_000);
            half.getOutputStream().write("GET /health/live HTTP/1.1\r\nHost:".getBytes(US_ASCII));

            // When
            int read = half.getInputStream().read();

            // Then
            assertThat(read).isEqualTo(-1);
        } finally {
            process.destroy();
        }
    }

    /** A process of its own, since the JDK's server takes its limits from the first that a process makes. */
    static final class Alone {
        private Alone() {}

        public static void main(String[] arguments) throws IOException {
            try (Web alone = new Web(new WorkerConfig.Listen(null, 0))) {
                alone.start();
                System.out.println(alone.address().getPort());
                System.in.read();
            }
        }
    }

    private Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        open.add(socket);
        return socket;
    }

    private Socket halfSent() throws IOException {
        Socket socket = connect(web.address().getPort());
        String head = "POST /slack/events HTTP/1.1\r\nHost: localhost\r\nX-Slack-Request-Timestamp: "
                + Clock.systemUTC().instant().getEpochSecond()
                + "\r\nX-Slack-Signature: v0=00\r\nContent-Length: 1000\r\n\r\npayload=";
        socket.getOutputStream().write(head.getBytes(US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }
}
