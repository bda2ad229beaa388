package io.longwatch.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongwatchTest {
    @TempDir
    private Path folder;

    @AutoClose
    private final TestWorld world = new TestWorld(() -> folder);

    @Test
    void helpNamesEveryCommandAndTheExitCodes() {
        // When
        int exit = world.run("--help");

        // Then
        assertThat(exit).isZero();
        assertThat(world.out())
                .contains("start", "list", "status", "watch", "report", "approve", "rollback", "plan", "actions")
                .contains("worker", "doctor", "Exit codes:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "stauts", "status", "status a b", "extend x-y-20250101-1 --by", "plan"})
    void wrongUsageEndsWith2AndSaysWhatIsRight(String line) {
        // When
        int exit = world.run(line.isEmpty() ? new String[0] : line.split(" "));

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(world.err()).contains("--help").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status biometric-bridge-production-20250127-1",
                "list",
                "abort biometric-bridge-production-20250127-1",
                "report biometric-bridge-production-20250127-1"
            })
    void withoutAServerACommandEndsWith3AndSaysHowToGetOne(String line) {
        // Given
        world.loseServer();

        // When
        int exit = world.run((line + " --address 127.0.0.1:1").split(" "));

        // Then
        assertThat(exit).isEqualTo(3);
        assertThat(world.err()).contains("127.0.0.1:1").contains("temporal server start-dev");
    }
}
