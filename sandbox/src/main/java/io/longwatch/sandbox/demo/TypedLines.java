package io.longwatch.sandbox.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Lines that are typed while something else goes on. */
final class TypedLines {
    private final BlockingQueue<Typed> lines = new LinkedBlockingQueue<>();

    /**
     * A line, or the end of all lines.
     *
     * @param line null at the end
     */
    record Typed(@Nullable String line) {}

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
                lines.add(new Typed(line));
            }
        } catch (IOException e) {
            lines.add(new Typed(null)); // as if it had ended
        }
        lines.add(new Typed(null));
    }

    /** What is there already; null if nothing is. */
    @Nullable
    Typed poll() {
        return lines.poll();
    }

    /** The next line, waited for. */
    Typed take() {
        try {
            return lines.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Typed(null);
        }
    }
}
