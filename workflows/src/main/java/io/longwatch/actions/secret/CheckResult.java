package io.longwatch.actions.secret;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;
import io.longwatch.contract.NamedBy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Result of {@code secret.check}. Holds no value and nothing made of one but its length. */
public record CheckResult(
        @Field(value = "Whether every key passes", example = "true")
        boolean ok,

        @NamedBy("keys")
        @Field(value = "Per key whether it is there and not empty", example = "{OURA_ACCESS_TOKEN: true}")
        Map<String, Boolean> present,

        @NamedBy("keys") @Field(value = "Per key its length in characters", example = "{OURA_ACCESS_TOKEN: 32}")
        Map<String, Integer> lengths,

        @Field(value = "Keys that are missing or empty", example = "[]")
        List<String> missing,

        @Field(value = "What is wrong, in words", example = "[]")
        List<String> problems,

        @Field(value = "Keys that pass", example = "1 of 1 keys of biometric-bridge-secrets in order")
        String summary)
        implements ActionResult {
    public CheckResult {
        present = present == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(present));
        lengths = lengths == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(lengths));
        missing = missing == null ? List.of() : List.copyOf(missing);
        problems = problems == null ? List.of() : List.copyOf(problems);
    }
}
