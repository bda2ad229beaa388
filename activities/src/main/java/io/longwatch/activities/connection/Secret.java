package io.longwatch.activities.connection;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.longwatch.contract.Failures;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a secret stands, in the worker's configuration: {@code {env: NAME}} or {@code {file: PATH}}. Read when used, so
 * that a rotated secret is picked up; never printed, logged or serialised.
 */
public final class Secret {
    private final @Nullable String env;
    private final @Nullable Path file;

    @JsonCreator
    public Secret(@JsonProperty("env") @Nullable String env, @JsonProperty("file") @Nullable Path file) {
        if ((env == null) == (file == null)) {
            throw new IllegalArgumentException(
                    "a secret names one source: {env: NAME} or {file: PATH}; its value never stands in a file of configuration");
        }
        this.env = env;
        this.file = file;
    }

    public static Secret ofEnv(String name) {
        return new Secret(name, null);
    }

    public static Secret ofFile(Path path) {
        return new Secret(null, path);
    }

    /**
     * The value, without a trailing line break.
     *
     * @throws SecretMissing if the variable is unset or empty, or the file cannot be read
     */
    public String reveal() {
        if (env != null) {
            String value = System.getenv(env);
            if (value == null || value.isEmpty()) {
                throw new SecretMissing("environment variable " + env + " is not set", null);
            }
            return value;
        }
        try {
            return Files.readString(Objects.requireNonNull(file)).stripTrailing();
        } catch (IOException e) {
            throw new SecretMissing("secret file " + file + " cannot be read", e);
        }
    }

    @Override
    public String toString() {
        return env != null ? "secret from environment variable " + env : "secret from file " + file;
    }

    /** A secret's source is empty. The message names the source, never a value. */
    public static final class SecretMissing extends RuntimeException {
        private static final long serialVersionUID = 1L;
        /** Where a secret belongs, to say behind what is wrong with it. */
        public static final String WHERE = "the worker needs it where it runs";

        /**
         * What it means to a step, the same for every system: tried again, since a secret is read when it is used and may
         * be mounted or rotated meanwhile.
         *
         * @param whose what needs it: "password of registry registry.example.org"
         */
        public ApplicationFailure failure(String whose) {
            return Failures.unavailable(whose + ": " + inWords(), null);
        }

        /** What is missing, and where it belongs. */
        public String inWords() {
            return getMessage() + "; " + WHERE;
        }

        SecretMissing(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
