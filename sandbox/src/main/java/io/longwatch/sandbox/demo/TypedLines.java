package io.longwatch.sandbox.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Lines that are typed while something else goes on. */
final class TypedLines {
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

    private TypedLines() {}

    /** Reads lines until the input ends. */
    static TypedLines of(Reader input) {
        TypedLines typed = new TypedLines();
        Thread reader = new Thread(() -> typed.read(new BufferedReader(input)), "typed-lines");
        reader.setDaemon(true);
        reader.start();
        return typed;
    }

    private void read(BufferedReader input) {
        try {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                lines.add(Optional.of(line));
            }
        } catch (IOException e) {
            lines.add(Optional.empty()); // as if it had ended
        }
        lines.add(Optional.empty());
    }

    /** A line that is there already; null if none is. Empty when the input has ended. */
    @Nullable
    Optional<String> poll() {
        return lines.poll();
    }

    /** The next line; empty when the input has ended. */
    Optional<String> take() {
        try {
            return lines.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
