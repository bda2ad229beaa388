package io.longwatch.worker.config;

import io.longwatch.activities.connection.Secret;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a secret stands, as a configuration writes it. */
record SecretSource(@Nullable String env, @Nullable Path file) {
    SecretSource {
        new Secret(env, file);
    }

    Secret secret() {
        return new Secret(env, file);
    }
}
