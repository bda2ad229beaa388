package io.longwatch.actions.kubernetes;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import io.longwatch.contract.NamedBy;
import java.util.List;
import java.util.Map;

/** Result of {@code kubernetes.get}. */
public record GetResult(
        @Field(value = "Objects found, without those being deleted", example = "2")
        int count,

        @Field(value = "Those whose condition Ready or Available is true", example = "2")
        int ready,

        @Field(value = "Their names, at most 20", example = "[bridge-6f7-abcde, bridge-6f7-fghij]")
        List<String> names,

        @Field(value = "Whether there are more objects than names", example = "false")
        boolean truncated,

        @Field(value = "Restarts of their containers, for pods", example = "0")
        int restarts,

        @NamedBy(value = "outputs", also = "name")
        @Field(
                value = "Per object its name and the outputs asked for; the step fails where those of all objects do"
                        + " not fit",
                example = "[{name: bridge, ready: 2}]")
        List<Map<String, Object>> items,

        @Field(value = "Addresses of a Service", example = "[\"10.0.0.7:80\"]")
        List<String> addresses,

        @Field(value = "Ready endpoints behind a Service", example = "2")
        int endpoints,

        @Field(
                value = "Ready of found, and how many of them are named if not all",
                example = "2 of 2 Pods ready, 0 restarts")
        String summary)
        implements ActionResult {
    public GetResult {
        names = names == null ? List.of() : List.copyOf(names);
        items = items == null ? List.of() : List.copyOf(items);
        addresses = addresses == null ? List.of() : List.copyOf(addresses);
    }
}
