package io.longwatch.activities.soak;

import io.longwatch.soak.WindowProgress;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The heartbeat details of a watch, as the server shows them. */
public final class WatchDetails {
    private static final Logger LOGGER = LoggerFactory.getLogger(WatchDetails.class);

    private WatchDetails() {}

    /** How the window stood at the last look; empty before the first, and where the details cannot be read. */
    public static Optional<WindowProgress> of(PendingActivityInfo watch, DataConverter converter) {
        if (!watch.hasHeartbeatDetails() || watch.getHeartbeatDetails().getPayloadsCount() == 0) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(converter.fromPayload(
                            watch.getHeartbeatDetails().getPayloads(0), WindowProgress.class, WindowProgress.class))
                    .filter(WatchDetails::whole);
        } catch (DataConverterException e) {
            LOGGER.atWarn()
                    .addKeyValue("activity", watch.getActivityId())
                    .setCause(e)
                    .log("what a watch has seen cannot be read");
            return Optional.empty();
        }
    }

    @SuppressWarnings("ConstantValue")
    private static boolean whole(WindowProgress progress) {
        return progress.window() != null;
    }
}
