package io.longwatch.activities.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.longwatch.activities.text.Reason;
import io.longwatch.contract.Failures;
import io.longwatch.text.Bounded;
import io.temporal.failure.ApplicationFailure;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one place that says what an answer of the API server, or its absence, means to a step. */
final class KubernetesFailures {
    private static final int LONGEST = 600;
    private static final Pattern RIGHTS = Pattern.compile("\\bcannot \\S+ (resource|path) ");

    private KubernetesFailures() {}

    static ApplicationFailure of(String address, KubernetesClientException e) {
        if (e.getStatus() == null && e.getCode() <= 0) {
            return Failures.unavailable("Kubernetes at " + address + " cannot be reached: " + said(e), cause(e));
        }
        String message = "Kubernetes at " + address + ": " + said(e);
        return switch (e.getCode()) {
            case 400, 405, 406, 413, 415, 422 -> Failures.invalid(message);
            case 401 ->
                Failures.denied(message + "; the server does not know these credentials, renew the token", cause(e));
            case 403 -> Failures.denied(message + grant(message), cause(e));
            case 404 -> Failures.notFound(message);
            case 409 -> Failures.conflict(message, cause(e));
            case 429 -> Failures.unavailable(message + "; it has too many requests and is asked again", cause(e));
            default -> Failures.unavailable(message, cause(e));
        };
    }

    /** A quota and an admission webhook forbid as well, and say themselves what they miss. */
    private static String grant(String message) {
        return RIGHTS.matcher(message).find()
                ? "; grant it by a Role to the account of this connection, or use another connection"
                : "";
    }

    /** Whether it is for fields that other managers hold, which no further attempt gets. */
    static boolean isFieldConflict(KubernetesClientException e) {
        return e.getStatus() != null
                && e.getStatus().getDetails() != null
                && e.getStatus().getDetails().getCauses().stream()
                        .anyMatch(cause -> "FieldManagerConflict".equals(cause.getReason()));
    }

    /** The server's own words, or else the innermost exception's. */
    static String said(KubernetesClientException e) {
        String status = e.getStatus() == null ? null : e.getStatus().getMessage();
        String words = status != null && !status.isBlank() ? status : innermost(e);
        return Bounded.cut(words, LONGEST);
    }

    private static String innermost(Throwable e) {
        Throwable last = e;
        while (last.getCause() != null && last.getCause() != last) {
            last = last.getCause();
        }
        return Reason.of(last);
    }

    /** Below the client's exception, which repeats the whole answer. */
    private static @Nullable Throwable cause(KubernetesClientException e) {
        return e.getCause();
    }
}
