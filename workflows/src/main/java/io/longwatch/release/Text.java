package io.longwatch.release;

import io.longwatch.text.Bounded;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Words about failures and times. */
final class Text {
    private static final int MOST_PROBLEM = 600;
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private Text() {}

    /** An instant as people read it: 2026-05-04 14:30 UTC, with seconds where it has any. */
    static String time(Instant instant) {
        OffsetDateTime time = instant.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC);
        return (time.getSecond() == 0 ? MINUTES : SECONDS).format(time) + " UTC";
    }

    /** What went wrong, as a person would say it. */
    static String problem(Throwable failure) {
        Throwable cause =
                failure instanceof ActivityFailure && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ApplicationFailure application) {
            return Bounded.cut(application.getOriginalMessage(), MOST_PROBLEM);
        }
        if (cause instanceof TimeoutFailure timeout) {
            return Bounded.cut(timedOut(timeout), MOST_PROBLEM);
        }
        return Bounded.cut(String.valueOf(cause.getMessage()), MOST_PROBLEM);
    }

    private static String timedOut(TimeoutFailure timeout) {
        String last = timeout.getCause() == null ? "" : "; last: " + problem(timeout.getCause());
        return switch (timeout.getTimeoutType()) {
            case TIMEOUT_TYPE_SCHEDULE_TO_START -> "no worker took it in time; is one running for this environment?";
            case TIMEOUT_TYPE_HEARTBEAT -> "the worker that ran it was lost" + last;
            case TIMEOUT_TYPE_SCHEDULE_TO_CLOSE -> "not done within its timeout" + last;
            default -> "an attempt took too long" + last;
        };
    }

    /** The failure's name from {@link io.longwatch.contract.Failures}, or null. */
    static @Nullable String type(Throwable failure) {
        Throwable cause =
                failure instanceof ActivityFailure && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof ApplicationFailure application ? application.getType() : null;
    }

    /** The name of the last failure, where the server tried again until the time was up; or null. */
    static @Nullable String lastType(Throwable failure) {
        return failure.getCause() instanceof TimeoutFailure ranOut && ranOut.getCause() != null
                ? type(ranOut.getCause())
                : type(failure);
    }
}
