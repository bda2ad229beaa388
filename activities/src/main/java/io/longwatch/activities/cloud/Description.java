package io.longwatch.activities.cloud;

import io.longwatch.actions.cloud.DescribeInput;
import io.longwatch.actions.cloud.DescribeResult;
import org.jspecify.annotations.Nullable;

/** Gathers what a provider says of a resource. */
final class Description {
    private final DescribeInput input;
    private final String status;
    private @Nullable String instanceClass;
    private @Nullable String engine;
    private @Nullable String engineVersion;
    private int nodes = 1;
    private @Nullable String endpoint;
    private @Nullable Boolean multiAz;
    private @Nullable Boolean storageEncrypted;

    Description(DescribeInput input, @Nullable String status) {
        this.input = input;
        this.status = status == null ? "unknown" : status;
    }

    Description of(@Nullable String aClass, @Nullable String anEngine, @Nullable String aVersion) {
        instanceClass = aClass;
        engine = anEngine;
        engineVersion = aVersion;
        return this;
    }

    Description nodes(@Nullable Integer count) {
        nodes = count == null ? 0 : count;
        return this;
    }

    Description at(@Nullable String host, @Nullable Integer port) {
        endpoint = host == null ? null : port == null ? host : host + ":" + port;
        return this;
    }

    Description multiAz(@Nullable Boolean spans) {
        multiAz = spans;
        return this;
    }

    Description encrypted(@Nullable Boolean encrypted) {
        storageEncrypted = encrypted;
        return this;
    }

    DescribeResult result(@Nullable String id) {
        return new DescribeResult(
                input.type().written(),
                id == null ? input.id() : id,
                status,
                instanceClass,
                engine,
                engineVersion,
                nodes,
                endpoint,
                multiAz,
                storageEncrypted,
                summary());
    }

    private String summary() {
        StringBuilder summary = new StringBuilder(status).append(": ");
        if (instanceClass != null) {
            summary.append(instanceClass).append(", ");
        }
        if (engine != null) {
            summary.append(engine)
                    .append(engineVersion == null ? "" : " " + engineVersion)
                    .append(", ");
        }
        return summary.append(nodes).append(nodes == 1 ? " node" : " nodes").toString();
    }
}
