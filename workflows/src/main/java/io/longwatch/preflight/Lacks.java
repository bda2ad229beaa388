package io.longwatch.preflight;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker lacks of what it was asked for.
 *
 * @param all none if the release may begin
 * @param warnings what a release can do without, but someone should know
 * @param refusal why whoever asks for the release may not, or null
 */
public record Lacks(
        List<Lack> all, List<Lack> warnings, @Nullable String refusal) {
    public Lacks {
        all = List.copyOf(all);
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }

    /** What is lacking, with nothing to be warned of. */
    public Lacks(List<Lack> all) {
        this(all, List.of(), null);
    }
}
