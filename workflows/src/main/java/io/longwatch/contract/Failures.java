package io.longwatch.contract;

import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The list of names by which activities and the release workflow fail. Nothing else may be thrown across a contract: a
 * package's client exceptions are turned into these in one place.
 */
public final class Failures {
    /** The wished state is not there yet; look again after the given delay. Retried, benign. */
    public static final String PENDING = "Pending";
    /** The far side cannot be reached or asks to wait. Retried. */
    public static final String UNAVAILABLE = "Unavailable";
    /** Someone changed the object meanwhile; read again and try again. Retried. */
    public static final String CONFLICT = "Conflict";
    /** The step's inputs cannot be right. Final. */
    public static final String INVALID = "InvalidInput";
    /** What the step speaks of does not exist. Final. */
    public static final String NOT_FOUND = "NotFound";
    /** The far side's permissions do not allow it. Final. */
    public static final String DENIED = "Denied";
    /** A precondition or an owner stands against it, or it would make things worse. Final. */
    public static final String REFUSED = "Refused";
    /** The far side said that it did not work and that trying again is of no use. Final. */
    public static final String FAILED = "Failed";
    /** An AT_MOST_ONCE effect was begun and its outcome is not known. Final; a person is asked. */
    public static final String OUTCOME_UNKNOWN = "OutcomeUnknown";
    /** It ran to its end, but what it answered is too large for a history, or no JSON. Final. */
    public static final String UNRECORDABLE = "Unrecordable";
    /** What was found is not what the step asks for: the remote system answered, but not as expected. Final. */
    public static final String EXPECTATION = "ExpectationFailed";
    /** A decision was judged and refused. Final. */
    public static final String DECISION_REFUSED = "DecisionRefused";
    /** The rollback could not take everything back. Ends the release as COMPENSATION_FAILED. */
    public static final String COMPENSATION_FAILED = "COMPENSATION_FAILED";
    /** The worker lacks something that the request requires. Final. */
    public static final String UNSUPPORTED = "Unsupported";

    private static final Set<String> NOTHING_HAPPENED =
            Set.of(INVALID, NOT_FOUND, DENIED, REFUSED, FAILED, CONFLICT, UNSUPPORTED);

    private Failures() {}

    /** Whether a failure of this name says that the effect did not happen. A name that is not known says nothing. */
    public static boolean nothingHappened(@Nullable String type) {
        return type != null && NOTHING_HAPPENED.contains(type);
    }

    /** Not yet: the server tries again after {@code again}, and the message says what was seen. */
    public static ApplicationFailure pending(String message, Duration again) {
        ApplicationFailure pending = ApplicationFailure.newBuilder()
                .setMessage(message)
                .setType(PENDING)
                .setCategory(ApplicationErrorCategory.BENIGN)
                .setNextRetryDelay(again)
                .build();
        // It is no fault of the code, and people read it between two attempts.
        pending.setStackTrace(new StackTraceElement[0]);
        return pending;
    }

    public static ApplicationFailure unavailable(String message, @Nullable Throwable cause) {
        return retryable(UNAVAILABLE, message, cause);
    }

    public static ApplicationFailure conflict(String message, @Nullable Throwable cause) {
        return retryable(CONFLICT, message, cause);
    }

    public static ApplicationFailure invalid(String message) {
        return terminal(INVALID, message, null);
    }

    public static ApplicationFailure notFound(String message) {
        return terminal(NOT_FOUND, message, null);
    }

    public static ApplicationFailure denied(String message, @Nullable Throwable cause) {
        return terminal(DENIED, message, cause);
    }

    public static ApplicationFailure refused(String message) {
        return terminal(REFUSED, message, null);
    }

    public static ApplicationFailure failed(String message, @Nullable Throwable cause) {
        return terminal(FAILED, message, cause);
    }

    /** An answer that is not the expected one. In a soak it is a measurement that FAILED, not an error. */
    public static ApplicationFailure unexpected(String message) {
        return terminal(EXPECTATION, message, null);
    }

    public static ApplicationFailure outcomeUnknown(String message, @Nullable Throwable cause) {
        return terminal(OUTCOME_UNKNOWN, message, cause);
    }

    /** A failure of the given name that is not retried. */
    public static ApplicationFailure terminal(String type, String message, @Nullable Throwable cause) {
        return builder(type, message, cause).setNonRetryable(true).build();
    }

    private static ApplicationFailure retryable(String type, String message, @Nullable Throwable cause) {
        return builder(type, message, cause).build();
    }

    private static ApplicationFailure.Builder builder(String type, String message, @Nullable Throwable cause) {
        ApplicationFailure.Builder builder =
                ApplicationFailure.newBuilder().setMessage(message).setType(type);
        return cause == null ? builder : builder.setCause(cause);
    }
}
