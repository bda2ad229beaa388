package io.longwatch.release;

import io.longwatch.announce.Posted;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a release takes along when it goes on in another run, at a border between phases where nothing is asked, held or
 * watched.
 *
 * @param record everything it knows of itself
 * @param inputs what each effect was called with, by step: with what the record has of the step, its way back
 * @param shown digest of what each gate showed when it opened, by gate
 * @param settled ids of the steps ahead of each gate that were settled when it opened, by gate
 * @param thread where people are told, or null
 * @param requester id of who asked for it, as a worker judged it; null from a build that did not
 * @param inherited ways back of the release whose place it took
 * @param released whether its place is free for the next release and its effects are final: only attestations remain
 */
public record Carried(
        ReleaseRecord record,
        Map<String, Map<String, Object>> inputs,
        Map<String, String> shown,
        Map<String, List<String>> settled,
        @Nullable Posted thread,
        @Nullable String requester,
        List<WayBack> inherited,
        boolean released) {
    public Carried {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        inherited = inherited == null ? List.of() : List.copyOf(inherited);
        settled = settled == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(settled));
        shown = Collections.unmodifiableMap(new LinkedHashMap<>(shown));
    }
}
