package io.longwatch.preflight;

import java.util.List;

/**
 * What a worker lacks of what it was asked for.
 *
 * @param all none if the release may begin
 */
public record Lacks(List<Lack> all) {
    public Lacks {
        all = List.copyOf(all);
    }
}
