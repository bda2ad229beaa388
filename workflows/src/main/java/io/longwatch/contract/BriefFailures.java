package io.longwatch.contract;

import io.longwatch.text.Bounded;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.FailureConverter;
import io.temporal.failure.DefaultFailureConverter;

/**
 * The SDK's failures, with no more of their stack traces than a server shows. Of an activity that is to be tried again a
 * server keeps a failure of at most 4 KiB, and complains from 2 KiB on; in the place of a larger one it says only that it
 * is too large, and nobody can read what the step waits for. The traces stand in full in the worker's log.
 *
 * @see <a href="https://github.com/temporalio/temporal/blob/main/common/dynamicconfig/constants.go">
 *     limit.mutableStateActivityFailureSize</a>
 */
final class BriefFailures implements FailureConverter {
    static final int MOST_BYTES = 2048;
    /** Of what is said between two attempts. */
    private static final int LONGEST_MESSAGE = 1000;
    /** Of a client's own words, which the failure that wraps them says in ours. */
    private static final int LONGEST_CAUSE = 300;

    private final FailureConverter delegate = new DefaultFailureConverter();

    @Override
    public RuntimeException failureToException(Failure failure, DataConverter converter) {
        return delegate.failureToException(failure, converter);
    }

    @Override
    public Failure exceptionToFailure(Throwable throwable, DataConverter converter) {
        Failure failure = delegate.exceptionToFailure(throwable, converter);
        if (failure.getSerializedSize() <= MOST_BYTES) {
            return failure;
        }
        Failure bare = withoutTraces(failure, LONGEST_MESSAGE);
        return withTraces(bare, failure, MOST_BYTES - bare.getSerializedSize());
    }

    /** What is final keeps its words: it stands in the history, which has the room. */
    private static Failure withoutTraces(Failure failure, int longest) {
        boolean ours = failure.hasApplicationFailureInfo();
        Failure.Builder bare = failure.toBuilder().clearStackTrace();
        if (ours && !failure.getApplicationFailureInfo().getNonRetryable()) {
            bare.setMessage(Bounded.cut(failure.getMessage(), longest));
        }
        if (failure.hasCause()) {
            bare.setCause(withoutTraces(failure.getCause(), ours ? LONGEST_CAUSE : longest));
        }
        return bare.build();
    }

    /** The innermost cause says where it went wrong: it has the room first, the others what it leaves. */
    private static Failure withTraces(Failure bare, Failure whole, int room) {
        Failure.Builder traced = bare.toBuilder();
        int left = room;
        if (bare.hasCause()) {
            Failure cause = withTraces(bare.getCause(), whole.getCause(), room);
            left -= cause.getSerializedSize() - bare.getCause().getSerializedSize();
            traced.setCause(cause);
        }
        return traced.setStackTrace(beginning(whole.getStackTrace(), left)).build();
    }

    /** As many whole lines as fit. */
    private static String beginning(String trace, int room) {
        StringBuilder lines = new StringBuilder();
        for (String line : trace.lines().toList()) {
            if (lines.length() + line.length() + 1 > room) {
                break;
            }
            lines.append(line).append('\n');
        }
        return lines.toString();
    }
}
