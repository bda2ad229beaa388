package io.longwatch.system.worker;

import io.longwatch.system.parts.Parts;
import io.longwatch.system.parts.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RulesTest {
    private static final Path MONITORING =
            Path.of(System.getProperty("longwatch.checkout", "."), "install", "monitoring");

    @TempDir
    Path folder;

    @Test
    void prometheusReadsTheRules() {
        // When / Then
        promtool("check", "rules", MONITORING.resolve("longwatch-rules.yaml").toString());
    }

    @Test
    void theRulesFireWhenTheyShouldAndNotOtherwise() {
        // When / Then
        promtool(
                "test", "rules", MONITORING.resolve("longwatch-rules.test.yaml").toString());
    }

    private void promtool(String... arguments) {
        String program = Parts.installed("promtool").toString();
        List<String> command = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(program), java.util.Arrays.stream(arguments))
                .toList();
        ServerProcess.run("promtool", folder.resolve("promtool.log"), command, Duration.ofSeconds(50));
    }
}
