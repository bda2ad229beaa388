package io.longwatch.worker.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longwatch.activities.connection.Secret;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import org.slf4j.helpers.BasicMDCAdapter;

class JsonLinesTest {
    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @BeforeEach
    void configure() {
        context.setMDCAdapter(MDC.getMDCAdapter() == null ? new BasicMDCAdapter() : MDC.getMDCAdapter());
        JsonLines encoder = new JsonLines();
        encoder.setContext(context);
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(written);
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    }

    @AfterEach
    void clear() {
        MDC.clear();
        context.stop();
    }

    @Test
    void aLineIsOneObjectWithReleaseStepAndAttempt() throws Exception {
        // Given
        MDC.put("release", "bridge-production-20261121-1");
        MDC.put("step", "cache");
        MDC.put("environment", "production");
        MDC.put("attempt", "3");

        // When
        context.getLogger("x")
                .atInfo()
                .addKeyValue("replicas", 2)
                .addKeyValue("names", List.of("a", "b"))
                .log("line one\nline \"two\"");

        // Then
        List<String> lines = written.toString(UTF_8).lines().toList();
        assertThat(lines).hasSize(1);
        JsonNode line = new ObjectMapper().readTree(lines.get(0));
        assertThat(Instant.parse(line.get("time").asText())).isBefore(Instant.parse("2200-01-01T00:00:00Z"));
        assertThat(line.get("level").asText()).isEqualTo("INFO");
        assertThat(line.get("message").asText()).isEqualTo("line one\nline \"two\"");
        assertThat(line.get("release").asText()).isEqualTo("bridge-production-20261121-1");
        assertThat(line.get("step").asText()).isEqualTo("cache");
        assertThat(line.get("environment").asText()).isEqualTo("production");
        assertThat(line.get("attempt").asText()).isEqualTo("3");
        assertThat(line.get("replicas").asInt()).isEqualTo(2);
        assertThat(line.get("names")).hasSize(2);
    }

    @Test
    void anExceptionStandsInItsLine() throws Exception {
        // When
        context.getLogger("x")
                .atWarn()
                .setCause(new IllegalStateException("no"))
                .log("did not work");

        // Then
        JsonNode line = new ObjectMapper().readTree(written.toString(UTF_8));
        assertThat(line.get("exception").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(line.get("stack").asText()).contains("anExceptionStandsInItsLine");
    }

    @Test
    void aFieldCannotTakeThePlaceOfTheLinesOwn() throws Exception {
        // When
        context.getLogger("x").atInfo().addKeyValue("level", "none").log("hello");

        // Then
        assertThat(new ObjectMapper()
                        .readTree(written.toString(UTF_8))
                        .get("level")
                        .asText())
                .isEqualTo("INFO");
    }

    @Test
    void aSecretIsLoggedByItsSource() throws Exception {
        // Given
        Path file = Files.writeString(folder.resolve("password"), "hunter2");
        Secret secret = Secret.ofFile(file);
        secret.reveal();

        // When
        context.getLogger("x").atInfo().addKeyValue("password", secret).log("connected with {}", secret);

        // Then
        assertThat(written.toString(UTF_8)).contains("secret from file").doesNotContain("hunter2");
    }

    @Test
    void theWorkersOwnConfigurationWritesTextWhenAskedTo() throws Exception {
        // Given
        LoggerContext own = new LoggerContext();
        own.setMDCAdapter(context.getMDCAdapter());
        own.putProperty("longwatch.log", "text");
        PrintStream before = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setErr(new PrintStream(err, true, UTF_8));
        MDC.put("release", "bridge-production-20261121-1");

        // When
        try {
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(own);
            configurator.doConfigure(JsonLines.class.getResource("/logback.xml"));
            own.getLogger("x").info("hello");
        } finally {
            System.setErr(before);
            own.stop();
        }

        // Then
        assertThat(err.toString(UTF_8))
                .contains("INFO  hello release=bridge-production-20261121-1")
                .doesNotContain("step=");
    }
}
