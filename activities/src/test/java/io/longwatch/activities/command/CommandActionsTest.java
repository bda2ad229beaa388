package io.longwatch.activities.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.actions.command.RunBefore;
import io.longwatch.actions.command.RunInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.activities.connection.Secret;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult.Outcome;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandActionsTest {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "smoke");
    private static final RunBefore BEFORE = new RunBefore("sh");

    @TempDir
    Path folder;

    @Test
    void aCommandRunsWithItsArgumentsAndItsEndIsKept() {
        // Given
        var actions = actions(allowed("printf '%s|' \"$0\" \"$@\"", Map.of()));

        // When
        var result = actions.run(STEP, input("a b", "$HOME;x"), BEFORE);

        // Then
        assertThat(result.exitCode()).isZero();
        assertThat(result.tail()).isEqualTo("a b|$HOME;x|");
        assertThat(result.summary())
                .startsWith("smoke-test ended with 0 after ")
                .endsWith(": a b|$HOME;x|");
    }

    @Test
    void anyOtherExitCodeFailsWithTheLastLine() {
        // Given
        var actions = actions(allowed("echo begun; echo '3 of 12 failed' >&2; exit 7", Map.of()));

        // When / Then
        assertFails(() -> actions.run(STEP, input(), BEFORE), Failures.FAILED, "ended with 7", "3 of 12 failed");
    }

    @Test
    void whatIsNotAllowedIsNotRun() {
        // Given
        var command = new AllowedCommand(List.of("sh", "-c", "true"), List.of("--suite", "[a-z]+"), null, null, null);
        var actions = actions(command);

        // When / Then
        assertFails(
                () -> actions.runBefore(STEP, new RunInput(null, "rm", null, null)),
                Failures.INVALID,
                "'rm'",
                "smoke-test");
        assertFails(() -> actions.runBefore(STEP, input("--suite", "a;b")), Failures.INVALID, "'a;b'");
        assertThat(actions.runBefore(STEP, input("--suite", "webhooks")).program())
                .isEqualTo("sh");
    }

    @Test
    void aSecretAndTheWorkersOwnEnvironmentStayHidden() throws IOException {
        // Given
        Path secret = Files.writeString(folder.resolve("token"), "s3cr3t-token\n");
        var actions = actions(allowed("echo token is $TOKEN; env", Map.of("TOKEN", Secret.ofFile(secret))));

        // When
        var result = actions.run(STEP, input(), BEFORE);

        // Then
        assertThat(result.tail()).contains("token is ***").doesNotContain("s3cr3t-token");
        assertThat(result.tail().lines().map(line -> line.replaceAll("=.*", "")))
                .isSubsetOf("token is ***", "TOKEN", "PATH", "HOME", "LANG", "TZ", "PWD", "SHLVL", "_", "OLDPWD");
    }

    @Test
    void aLongOutputIsCutToItsEndAndFitsTheBudget() {
        // Given
        var actions = actions(
                allowed("i=0; while [ $i -lt 3000 ]; do echo \"\\\"line\\\" $i é\"; i=$((i+1)); done", Map.of()));

        // When
        var result = actions.run(STEP, input(), BEFORE);

        // Then
        assertThat(result.tail()).endsWith("\"line\" 2999 é");
        assertThat(result.tail().replaceAll("[\"\\\\\n]", "xx").getBytes(StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(4096);
    }

    @Test
    void aLostAttemptIsNotRepeatedAndItsOutcomeIsUnknown() {
        // Given
        var actions = actions(allowed("touch " + folder.resolve("ran"), Map.of()), new Attempt(2, () -> {}));

        // When / Then
        assertFails(() -> actions.run(STEP, input(), BEFORE), Failures.OUTCOME_UNKNOWN, "not run again");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void aCancelledAttemptEndsTheCommandAndItsChildren() {
        // Given
        Path child = folder.resolve("child");
        var cancelled = new Attempt(1, () -> {
            if (Files.exists(child)) {
                throw new IllegalStateException("cancelled");
            }
        });
        var actions = actions(allowed("sh -c 'echo $$ > " + child + "; exec sleep 60' & wait", Map.of()), cancelled);

        // When / Then
        assertThatThrownBy(() -> actions.run(STEP, input(), BEFORE)).hasMessage("cancelled");
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> ProcessHandle.of(
                                Long.parseLong(Files.readString(child).strip()))
                        .filter(ProcessHandle::isAlive)
                        .isEmpty());
    }

    @Test
    void aChildThatOutlivesItsCommandHoldsNoThread() {
        // Given
        var actions = actions(allowed("sleep 5 & echo begun", Map.of()));

        // When
        var result = actions.run(STEP, input(), BEFORE);

        // Then
        assertThat(result.tail()).isEqualTo("begun");
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("output of sh");
    }

    @Test
    void aCommandOutOfTimeIsStoppedAndItsOutcomeUnknown() {
        // Given
        var command = new AllowedCommand(
                List.of("sh", "-c", "echo half done; exec sleep 60"), null, null, Duration.ofMillis(300), null);

        // When / Then
        assertFails(
                () -> actions(command).run(STEP, input(), BEFORE), Failures.OUTCOME_UNKNOWN, "half done", "stopped");
    }

    @Test
    void aProgramThatIsMissingFails() {
        // Given
        var command = new AllowedCommand(List.of("/no/such/program"), null, null, null, null);

        // When / Then
        assertFails(() -> actions(command).run(STEP, input(), BEFORE), Failures.FAILED, "could not be started");
    }

    @Test
    void undoRunsTheCommandThatTheStepNamesThoughTheResultIsUnknown() {
        // Given
        var actions = actions(allowed("touch " + folder.resolve("undone"), Map.of()));

        // When
        var undone = actions.undoRun(STEP, new RunInput(null, "smoke-test", null, "smoke-test"), BEFORE, null);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(folder.resolve("undone")).exists();
    }

    @Test
    void anUndoWhoseAttemptWasLostIsNotRepeatedEither() {
        // Given
        var actions = actions(allowed("touch " + folder.resolve("undone"), Map.of()), new Attempt(2, () -> {}));
        var input = new RunInput(null, "smoke-test", null, "smoke-test");

        // When / Then
        assertFails(() -> actions.undoRun(STEP, input, BEFORE, null), Failures.OUTCOME_UNKNOWN, "not run again");
        assertThat(folder.resolve("undone")).doesNotExist();
    }

    @Test
    void undoIsRefusedWhereTheStepNamesNoCommand() {
        // When
        var undone = actions(allowed("true", Map.of())).undoRun(STEP, input(), BEFORE, null);

        // Then
        assertThat(undone.outcome()).isEqualTo(Outcome.REFUSED);
    }

    private static RunInput input(String... arguments) {
        return new RunInput("commands", "smoke-test", List.of(arguments), null);
    }

    private static AllowedCommand allowed(String script, Map<String, Secret> environment) {
        return new AllowedCommand(List.of("sh", "-c", script), List.of(".*"), null, null, environment);
    }

    private static CommandActions actions(AllowedCommand command) {
        return actions(command, new Attempt(1, () -> {}));
    }

    private static CommandActions actions(AllowedCommand command, Invocation invocation) {
        var connection = new CommandConnection(Map.of("smoke-test", command));
        var connections = new Connections("production", Map.of("commands", connection), Map.of());
        return new CommandActions(new ActionContext(connections, Clock.systemUTC(), () -> invocation));
    }

    private record Attempt(int attempt, Runnable onHeartbeat) implements Invocation {
        @Override
        public void heartbeat(Object details) {
            onHeartbeat.run();
        }

        @Override
        public <T> Optional<T> lastHeartbeat(Class<T> type) {
            return Optional.empty();
        }
    }

    private static void assertFails(ThrowingCallable call, String type, String... words) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
            assertThat(failure.getType()).isEqualTo(type);
            assertThat(failure.isNonRetryable()).isTrue();
            assertThat(failure.getOriginalMessage()).contains(words);
        });
    }
}
