package io.longwatch.actions.env;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Input of {@code env.check}. */
public record CheckInput(
        @ConnectionName("kubernetes")
        @Field(value = "Connection of kind kubernetes; the environment's only one by default", example = "cluster")
        @Nullable
        String connection,

        @Field(value = "Namespace; the connection's by default", example = "production") @Nullable
        String namespace,

        @Field(value = "Name of the live Deployment; or give a manifest", example = "biometric-bridge") @Nullable
        String deployment,

        @Field(
                value = "Text of the manifest that holds the Deployment; or name a live deployment",
                example = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: bridge}}")
        @Nullable
        String manifest,

        @Field(value = "Container; the first by default", example = "bridge") @Nullable
        String container,

        @Field(value = "Variables and the values they must have", example = "{MAX_CONCURRENT_WEBHOOKS: '40'}")
        Map<String, String> expect,

        @Field(
                value = "Names whose found values may be shown where they are not as expected; none by default",
                example = "[MAX_CONCURRENT_WEBHOOKS]")
        @Nullable
        List<String> shown) {
    public CheckInput {
        if ((deployment == null) == (manifest == null)) {
            throw new IllegalArgumentException(
                    "env.check looks at one thing: write deployment: for the live one or manifest: for a text");
        }
        if (expect == null || expect.isEmpty()) {
            throw new IllegalArgumentException("expect is empty; name the variables and their values");
        }
        if (expect.size() > 100) {
            throw new IllegalArgumentException(
                    "expect has " + expect.size() + " entries; at most 100 fit, split the step");
        }
        for (String name : shown == null ? List.<String>of() : shown) {
            if (!expect.containsKey(name)) {
                throw new IllegalArgumentException("shown names '" + name + "', which expect does not; correct one");
            }
        }
        shown = shown == null ? null : List.copyOf(shown);
        expect = Collections.unmodifiableMap(new LinkedHashMap<>(expect));
    }

    public List<String> shownOrNone() {
        return shown == null ? List.of() : shown;
    }
}
