package io.longwatch.system.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.system.parts.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class RulesTest {
    private static final Path MONITORING =
            Path.of(System.getProperty("longwatch.checkout", "."), "install", "monitoring");

    @TempDir
    Path folder;

    @Test
    void prometheusReadsTheRules() throws Exception {
        // When / Then
        promtool("check", "rules", MONITORING.resolve("longwatch-rules.yaml").toString());
    }

    @Test
    void theRulesFireWhenTheyShouldAndNotOtherwise() throws Exception {
        // When / Then
        promtool(
                "test", "rules", MONITORING.resolve("longwatch-rules.test.yaml").toString());
    }

    private void promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(Parts.installed("promtool").toString()));
        command.addAll(List.of(arguments));
        Path log = folder.resolve("promtool.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(180, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0).as(Files.readString(log)).isTrue();
    }
}
