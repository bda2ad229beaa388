package io.longwatch.sandbox.release;

import static io.longwatch.sandbox.release.Plans.deploying;
import static io.longwatch.sandbox.release.Plans.read;
import static io.longwatch.sandbox.release.Plans.scale;
import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.decision.Verb;
import io.longwatch.release.ReleaseState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told to a release before a worker has taken it up. */
@Timeout(180)
class AheadTest {
    @Test
    void anAbortAheadOfTheFirstTaskCountsAndReplays() {
        // Given
        try (Trial trial = Trial.toldAhead(deploying(read("a"), scale("b")), Verb.ABORT)) {
            // When
            var record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.ABORTED);
            assertThat(record.decisions()).hasSize(1);
        }
    }

    @Test
    void severalAheadOfTheFirstTaskCountInTheirOrderAndReplay() {
        // Given
        try (Trial trial = Trial.toldAhead(deploying(read("a"), scale("b")), Verb.HOLD, Verb.PAUSE, Verb.RELEASE)) {
            trial.pass(Duration.ofMinutes(10));
            assertThat(trial.record().state()).isEqualTo(ReleaseState.HELD);
            trial.say(Verb.RESUME);

            // When
            var record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.SUCCEEDED);
            assertThat(record.decisions()).extracting("accepted").containsExactly(true, true, true, true);
        }
    }
}
