package io.longwatch.activities.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InvocationTest {
    private record Numbered(int attempt) implements Invocation {
        @Override
        public void heartbeat(@Nullable Object details) {}

        @Override
        public <T> Optional<T> lastHeartbeat(Class<T> type) {
            return Optional.empty();
        }
    }

    @Test
    void aPartOfAnAttemptIsTheCurrentOneForAsLongAsItRuns() {
        // When
        List<Integer> inside = Invocation.within(
                new Numbered(7),
                () -> List.of(
                        Invocation.current().attempt(),
                        Invocation.within(
                                new Numbered(8), () -> Invocation.current().attempt()),
                        Invocation.current().attempt()));

        // Then
        assertThat(inside).containsExactly(7, 8, 7);
        assertThat(Invocation.current()).isEqualTo(Invocation.detached());
    }
}
