package io.longwatch.activities.kafka;

import java.util.List;
import java.util.Map;

/**
 * How far a search through a topic is; kept as heartbeat details, so that the next attempt reads on from there.
 *
 * @param next next offset of each partition, by {@code <topic>-<partition>}
 * @param values different values seen, bounded
 * @param at where the first messages found stand
 * @param expired offsets that were gone before they were read
 */
record Progress(
        Map<String, Long> next,
        List<String> values,
        List<String> at,
        long found,
        long scanned,
        long unreadable,
        long expired) {
    static final Progress NONE = new Progress(Map.of(), List.of(), List.of(), 0, 0, 0, 0);

    Progress {
        at = at == null ? List.of() : List.copyOf(at);
    }
}
