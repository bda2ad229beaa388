package io.longwatch.actions.http;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import io.longwatch.contract.NamedBy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Result of {@code http.request} and {@code http.send}. */
public record HttpResult(
        @Field(value = "Status of the single or last case", example = "200")
        int status,

        @Field(value = "Time of the single or last case", unit = "ms", example = "14")
        long millis,

        @Field(value = "Cases that were answered as expected", example = "1")
        int passed,

        @Field(value = "Cases that were not", example = "0") int failed,

        @Field(value = "Each case", example = "[{name: request, status: 200, ok: true, millis: 14}]")
        List<CaseResult> cases,

        @NamedBy("outputs")
        @Field(value = "The outputs the step named, from the last answer", example = "{status: healthy}")
        Map<String, Object> outputs,

        @Field(value = "How the cases went", example = "200 in 14 ms")
        String summary)
        implements ActionResult {
    public HttpResult(
            int status,
            long millis,
            int passed,
            int failed,
            @Nullable List<CaseResult> cases,
            @Nullable Map<String, Object> outputs,
            String summary) {
        this.status = status;
        this.millis = millis;
        this.passed = passed;
        this.failed = failed;
        this.cases = cases == null ? List.of() : List.copyOf(cases);
        this.outputs = outputs == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        this.summary = summary;
    }
}
