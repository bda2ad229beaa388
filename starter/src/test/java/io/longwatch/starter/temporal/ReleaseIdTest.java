package io.longwatch.starter.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseIdTest {
    private static final LocalDate TODAY = LocalDate.of(2025, 1, 27);

    @Test
    void everySplitOfServiceAndEnvironmentIsTried() {
        // When
        ReleaseId id = ReleaseId.parse("user-whisperer-prod-eu-20250127-12").orElseThrow();

        // Then
        assertThat(id.workflowIds())
                .containsExactly(
                        "release/user-whisperer-prod/eu",
                        "release/user-whisperer/prod-eu",
                        "release/user/whisperer-prod-eu");
    }

    @ParameterizedTest
    @CsvSource({
        ", a-b-20250127-1",
        "a-b-20250126-9, a-b-20250127-1",
        "a-b-20250127-9, a-b-20250127-10",
        "a-b-20250128-2, a-b-20250128-3"
    })
    void anIdIsNeverUsedTwice(String last, String next) {
        // When
        ReleaseId id = ReleaseId.next("a-b", TODAY, Optional.ofNullable(last).flatMap(ReleaseId::parse));

        // Then
        assertThat(id).hasToString(next);
    }
}
