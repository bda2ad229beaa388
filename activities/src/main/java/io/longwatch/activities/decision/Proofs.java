package io.longwatch.activities.decision;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which proofs a worker takes.
 *
 * @param keyed check of the Slack receiver's keyed hash, or null without a key
 * @param channels channels whose decisions count here
 */
public record Proofs(@Nullable KeyedProof keyed, List<String> channels) {
    public Proofs {
        channels = List.copyOf(channels);
    }
}
