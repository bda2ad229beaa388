package io.longwatch.sandbox.kubernetes;

import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Answers chosen requests with an error, before or after they took effect. */
public final class KubernetesFaults {
    private static final Map<Integer, String> REASONS = Map.of(
            403, "Forbidden",
            404, "NotFound",
            409, "Conflict",
            429, "TooManyRequests",
            500, "InternalError",
            503, "ServiceUnavailable",
            504, "Timeout");

    private record Fault(Predicate<KubernetesRequest> request, int code, boolean afterEffect, AtomicInteger left) {
        boolean takes() {
            return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
        }
    }

    private final ConcurrentLinkedQueue<Fault> faults = new ConcurrentLinkedQueue<>();

    KubernetesFaults() {}

    /** The next {@code times} requests of that sort are answered with the code, and do nothing. */
    public void answer(Predicate<KubernetesRequest> request, int code, int times) {
        faults.add(new Fault(request, code, false, new AtomicInteger(times)));
    }

    /** The next {@code times} requests of that sort take effect and are then answered with the code. */
    public void answerAfterEffect(Predicate<KubernetesRequest> request, int code, int times) {
        faults.add(new Fault(request, code, true, new AtomicInteger(times)));
    }

    Optional<ApiError> meet(KubernetesRequest request, boolean afterEffect) {
        for (Iterator<Fault> each = faults.iterator(); each.hasNext(); ) {
            Fault fault = each.next();
            if (fault.afterEffect() == afterEffect && fault.request().test(request) && fault.takes()) {
                String reason = REASONS.getOrDefault(fault.code(), "Unknown");
                return Optional.of(ApiError.of(
                        fault.code(), reason, reason + ": the sandbox was asked to fail this " + request.verb()));
            }
        }
        return Optional.empty();
    }
}
