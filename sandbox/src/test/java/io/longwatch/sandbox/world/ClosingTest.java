package io.longwatch.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ClosingTest {
    private final List<String> closed = new ArrayList<>();
    private final Closing closing = new Closing();

    private AutoCloseable part(String name) {
        return () -> closed.add(name);
    }

    @Test
    void theLastOpenedIsClosedFirst() {
        // Given
        closing.add(part("first"));
        closing.add(part("second"));

        // When
        closing.close();

        // Then
        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void onePartThatFailsKeepsNoOtherOpen() {
        // Given
        closing.add(part("first"));
        closing.add((AutoCloseable) () -> {
            throw new IOException("stuck");
        });

        // When
        closing.close();

        // Then
        assertThat(closed).containsExactly("first");
    }

    @Test
    void whatIsOpenedTooLateIsClosedAtOnce() {
        // Given
        closing.close();

        // When / Then
        assertThatThrownBy(() -> closing.add(part("late"))).hasMessageContaining("closed while it was being started");
        assertThat(closed).containsExactly("late");
    }

    @Test
    void whoClosesSecondWaitsForTheFirst() throws Exception {
        // Given
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        closing.add((AutoCloseable) () -> {
            begun.countDown();
            end.await();
            closed.add("slow");
        });
        Thread first = new Thread(closing::close);
        first.start();
        begun.await();

        // When
        Thread second = new Thread(() -> {
            closing.close();
            closed.add("second");
        });
        second.start();
        end.countDown();
        second.join();
        first.join();

        // Then
        assertThat(closed).containsExactly("slow", "second");
    }
}
