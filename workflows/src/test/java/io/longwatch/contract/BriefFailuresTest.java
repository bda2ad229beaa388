package io.longwatch.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.failure.ApplicationFailure;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BriefFailuresTest {
    private final DataConverter converter = Json.dataConverter();

    @Test
    void whatIsShortKeepsItsTrace() {
        // Given
        ApplicationFailure failure = Failures.conflict("changed meanwhile", null);
        failure.setStackTrace(frames(3));

        // When
        Failure stored = converter.exceptionToFailure(failure);

        // Then
        assertThat(stored.getStackTrace().lines()).hasSize(3);
    }

    @Test
    void ofDeepTracesAServerKeepsTheWordsAndWhereItWentWrong() {
        // Given
        IllegalStateException innermost = new IllegalStateException("connection refused");
        innermost.setStackTrace(frames(100));
        IllegalStateException between = new IllegalStateException("x".repeat(5000), innermost);
        between.setStackTrace(frames(100));
        ApplicationFailure failure = Failures.unavailable("the cluster cannot be reached", between);
        failure.setStackTrace(frames(100));

        // When
        Failure stored = converter.exceptionToFailure(failure);

        // Then
        assertThat(stored.getSerializedSize()).isLessThanOrEqualTo(BriefFailures.MOST_BYTES + 10);
        assertThat(stored.getMessage()).isEqualTo("the cluster cannot be reached");
        assertThat(stored.getStackTrace()).isEmpty();
        Failure cause = stored.getCause();
        assertThat(cause.getMessage()).hasSize(300).endsWith("…");
        assertThat(cause.getCause().getMessage()).isEqualTo("connection refused");
        assertThat(cause.getCause().getStackTrace().lines())
                .hasSizeGreaterThan(10)
                .first()
                .isEqualTo("io.longwatch.Deep.frame0(Deep.java:0)");
    }

    @Test
    void theWordsOfAFailureThatIsTriedAgainAreCutToWhatAServerShows() {
        // When
        Failure stored = converter.exceptionToFailure(Failures.unavailable("a pod\n".repeat(1000), null));

        // Then
        assertThat(stored.getMessage()).hasSize(1000).endsWith("…");
        assertThat(stored.getSerializedSize()).isLessThanOrEqualTo(BriefFailures.MOST_BYTES + 10);
    }

    @Test
    void theWordsOfAFinalFailureAreNotCut() {
        // Given
        String problems = "a problem\n".repeat(1000);

        // When
        Failure stored = converter.exceptionToFailure(Failures.invalid(problems));

        // Then
        assertThat(stored.getMessage()).isEqualTo(problems);
        assertThat(converter.failureToException(stored))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        read -> assertThat(read.getOriginalMessage()).isEqualTo(problems));
    }

    private static StackTraceElement[] frames(int count) {
        return Stream.iterate(0, line -> line + 1)
                .limit(count)
                .map(line -> new StackTraceElement("io.longwatch.Deep", "frame" + line, "Deep.java", line))
                .toArray(StackTraceElement[]::new);
    }
}
