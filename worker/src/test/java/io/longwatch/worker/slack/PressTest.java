package io.longwatch.worker.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.activities.announce.Answer;
import io.longwatch.decision.Verb;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PressTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Press.Words HALF_AN_HOUR = new Press.Words(null, null, "30m");

    @Test
    void thePressThatIsDeliveredAgainIsTheSameDecision() {
        // When
        String again = idOf(Verb.APPROVE, "1700.1", null, NOW.plusSeconds(60));

        // Then
        assertThat(again).isEqualTo(idOf(Verb.APPROVE, "1700.1", null, NOW));
    }

    @Test
    void approvedAgainAfterItWasRevokedIsAnotherDecision() {
        // When
        String third = idOf(Verb.APPROVE, "1700.3", null, NOW);

        // Then
        assertThat(third).isNotEqualTo(idOf(Verb.APPROVE, "1700.1", null, NOW));
    }

    @Test
    void aDialogThatWasCorrectedIsAnotherDecision() {
        // When
        String corrected = idOf(Verb.EXTEND, "V2", HALF_AN_HOUR, NOW);

        // Then
        assertThat(corrected)
                .isNotEqualTo(idOf(Verb.EXTEND, "V1", HALF_AN_HOUR, NOW))
                .isNotEqualTo(idOf(Verb.EXTEND, "V2", new Press.Words(null, null, "30 min"), NOW));
    }

    private static String idOf(Verb verb, String act, Press.@Nullable Words words, Instant now) {
        Answer answer = new Answer("bridge-production-20261121-1", "release/bridge/production", "go", "sha256:d", verb);
        return new Press(answer, "U123", "C1", "1699.9", null)
                .decision(now, act, words)
                .id();
    }
}
