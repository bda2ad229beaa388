package io.longwatch.system.bench;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Time that passes, and what processes use of it. */
final class Processes {
    private Processes() {}

    /** Calls what takes its time; an interruption ends the bench. */
    static <T> T wait(Callable<T> call) {
        try {
            return call.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static void passUntil(Instant end) {
        Duration left = Duration.between(Clock.systemUTC().instant(), end);
        wait(() -> {
            Thread.sleep(Math.max(0, left.toMillis()));
            return end;
        });
    }

    static void pass(Duration time) {
        passUntil(Clock.systemUTC().instant().plus(time));
    }

    static Duration cpu(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    /** CPU time of this process' children that run a program of that name. */
    static Duration cpuOfChildren(String program) {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/" + program))
                .map(child -> cpu(child.pid()))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
