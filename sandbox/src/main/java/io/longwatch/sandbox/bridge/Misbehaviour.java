package io.longwatch.sandbox.bridge;

import com.google.errorprone.annotations.Immutable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a version of the bridge. Times count from the start of each node.
 *
 * @param leaksFrom when it begins to lose memory, or null
 * @param slowFrom when some of its answers begin to take long, or null
 * @param neverReady whether its readiness probe is never answered well
 * @param secondDiesFrom when the second node of the version begins to die again and again, or null
 * @param pace how many times faster than elsewhere its hours pass: it leaks as much faster, and is used more
 */
@Immutable
public record Misbehaviour(
        @Nullable Duration leaksFrom,
        @Nullable Duration slowFrom,
        boolean neverReady,
        @Nullable Duration secondDiesFrom,
        double pace) {
    /** Nothing is wrong. */
    public static final Misbehaviour NONE = new Misbehaviour(null, null, false, null, 1);

    public static Misbehaviour leaking(Duration from) {
        return new Misbehaviour(from, null, false, null, 1);
    }

    public static Misbehaviour slow(Duration from) {
        return new Misbehaviour(null, from, false, null, 1);
    }

    public static Misbehaviour withoutReadiness() {
        return new Misbehaviour(null, null, true, null, 1);
    }

    public static Misbehaviour withDyingSecondNode(Duration from) {
        return new Misbehaviour(null, null, false, from, 1);
    }

    /** The same in a world where everything happens so many times sooner. */
    public Misbehaviour faster(double times) {
        return new Misbehaviour(
                sooner(leaksFrom, times),
                sooner(slowFrom, times),
                neverReady,
                sooner(secondDiesFrom, times),
                pace * times);
    }

    private static @Nullable Duration sooner(@Nullable Duration from, double times) {
        return from == null ? null : Duration.ofMillis((long) (from.toMillis() / times));
    }
}
