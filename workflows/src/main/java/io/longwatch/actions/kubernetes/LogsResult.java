package io.longwatch.actions.kubernetes;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import java.util.List;

/** Result of {@code kubernetes.logs}. */
public record LogsResult(
        @Field(value = "Lines that match", example = "0") long matches,

        @Field(value = "Lines read", example = "1843") long lines,

        @Field(value = "Pods of which a log was read", example = "2")
        int pods,

        @Field(
                value = "Whether lines since the instant may be missing, which the summary says of which pods: the node"
                        + " threw a log away, or what it keeps of it begins later",
                example = "false")
        boolean incomplete,

        @Field(value = "First matching lines, at most 5, cut and with what looks like a secret masked", example = "[]")
        List<String> sample,

        @Field(
                value = "Matches, lines and pods, and of which pods lines may be missing",
                example = "0 of 1843 lines match in 2 pods")
        String summary)
        implements ActionResult {
    public LogsResult {
        sample = sample == null ? List.of() : List.copyOf(sample);
    }
}
