package io.longwatch.activities.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.longwatch.contract.Failures;
import io.temporal.failure.ApplicationFailure;
import java.net.URI;
import java.time.Duration;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitFailuresTest {
    @ParameterizedTest
    @CsvSource({
        "cannot lock ref 'refs/heads/main', " + Failures.CONFLICT,
        "fetch first, " + Failures.CONFLICT,
        "push blocked by a rule, " + Failures.DENIED,
        "protected branch, " + Failures.DENIED
    })
    void aRaceIsTriedAgainAndARuleIsNot(String said, String type) {
        // Given
        RemoteRefUpdate update = mock();
        when(update.getStatus()).thenReturn(RemoteRefUpdate.Status.REJECTED_OTHER_REASON);
        when(update.getRemoteName()).thenReturn("refs/heads/main");
        when(update.getMessage()).thenReturn(said);
        var connection = new GitConnection(URI.create("https://git.example.org/bridge.git"), null, null, null);

        // When / Then
        assertThatThrownBy(() -> GitFailures.check(update, connection))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.getType()).isEqualTo(type));
    }

    @Test
    void aTimeoutBelowASecondIsNotNone() {
        // When / Then
        assertThat(Remote.seconds(Duration.ofMillis(500))).isEqualTo(1);
        assertThat(Remote.seconds(Duration.ofMillis(1500))).isEqualTo(2);
        assertThat(Remote.seconds(Duration.ofSeconds(30))).isEqualTo(30);
    }
}
