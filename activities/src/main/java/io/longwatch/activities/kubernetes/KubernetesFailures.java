package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.longwatch.contract.Failures;
import io.temporal.failure.ApplicationFailure;
import org.jspecify.annotations.Nullable;

/** The one place that says what an answer of the API server, or its absence, means to a step. */
final class KubernetesFailures {
    private static final int LONGEST = 600;

    private KubernetesFailures() {}

    static ApplicationFailure of(String address, KubernetesClientException e) {
        String message = "Kubernetes at " + address + ": " + said(e);
        return switch (e.getCode()) {
            case 400, 405, 406, 413, 415, 422 -> Failures.invalid(message);
            case 401, 403 -> Failures.denied(message, cause(e));
            case 404 -> Failures.notFound(message);
            case 409 -> Failures.conflict(message, cause(e));
            default -> Failures.unavailable(message, cause(e));
        };
    }

    /** The server's own words, or else the innermost exception's. */
    static String said(KubernetesClientException e) {
        String status = e.getStatus() == null ? null : e.getStatus().getMessage();
        String words = status != null && !status.isBlank() ? status : innermost(e);
        return words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
    }

    private static String innermost(Throwable e) {
        Throwable last = e;
        while (last.getCause() != null && last.getCause() != last) {
            last = last.getCause();
        }
        String message = last.getMessage();
        return message == null ? last.getClass().getSimpleName() : message;
    }

    /** Below the client's exception, which repeats the whole answer. */
    private static @Nullable Throwable cause(KubernetesClientException e) {
        return e.getCause();
    }
}
