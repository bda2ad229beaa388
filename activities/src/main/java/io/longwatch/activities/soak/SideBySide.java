package io.longwatch.activities.soak;

import io.longwatch.contract.Failures;
import io.longwatch.soak.LookBound;
import io.longwatch.soak.Measurement;
import io.longwatch.soak.Measurement.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.MDC;

/** Takes the measurements of a look: a few side by side, each within its bound. */
final class SideBySide {
    private final ExecutorService threads = Executors.newCachedThreadPool(SideBySide::named);

    private static Thread named(Runnable work) {
        Thread thread = new Thread(work, "longwatch-check");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Takes measurements, in order.
     *
     * @param wanted how to take each, by check id
     * @param bound what each may take; one that takes longer is interrupted and an error
     * @throws io.temporal.client.ActivityCompletionException if the attempt was cancelled or lost its lease
     */
    Map<String, Measurement> take(Map<String, Callable<Measurement>> wanted, Duration bound) {
        Map<String, Measurement> taken = new LinkedHashMap<>();
        List<Map.Entry<String, Callable<Measurement>>> left = List.copyOf(new ArrayList<>(wanted.entrySet()));
        for (int from = 0; from < left.size(); from += LookBound.AT_ONCE) {
            takeSome(left.subList(from, Math.min(left.size(), from + LookBound.AT_ONCE)), bound, taken);
        }
        return taken;
    }

    private void takeSome(
            List<Map.Entry<String, Callable<Measurement>>> some, Duration bound, Map<String, Measurement> taken) {
        try {
            List<Future<Measurement>> ended = threads.invokeAll(
                    some.stream().map(one -> logged(one.getValue())).toList(), bound.toMillis(), TimeUnit.MILLISECONDS);
            for (int i = 0; i < some.size(); i++) {
                taken.put(some.get(i).getKey(), of(ended.get(i), bound));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.unavailable("the worker stopped while it looked", e);
        }
    }

    private static Measurement of(Future<Measurement> ended, Duration bound) throws InterruptedException {
        try {
            return ended.get();
        } catch (CancellationException late) {
            return Measurement.of(Outcome.ERROR, null, "no answer within " + bound.toMillis() / 1000.0 + " s");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cancelled) {
                throw cancelled;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Log lines of a check name its release as those of the look do. */
    private static <T> Callable<T> logged(Callable<T> work) {
        Map<String, String> keys = MDC.getCopyOfContextMap();
        return () -> {
            MDC.setContextMap(keys == null ? Map.of() : keys);
            try {
                return work.call();
            } finally {
                MDC.clear();
            }
        };
    }
}
