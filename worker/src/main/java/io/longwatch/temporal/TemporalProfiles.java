package io.longwatch.temporal;

import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Profiles of temporal.toml with the variables TEMPORAL_* above them, checked before anything connects. */
public final class TemporalProfiles {
    private TemporalProfiles() {}

    /**
     * Reads a profile.
     *
     * @throws UnusableProfile if its file cannot be read or has no such profile; the message names the file
     */
    public static ClientConfigProfile load(LoadClientConfigProfileOptions options) throws UnusableProfile {
        try {
            return ClientConfigProfile.load(options);
        } catch (IOException | IllegalArgumentException e) {
            throw new UnusableProfile(file(options) + ": " + firstLine(e), e);
        }
    }

    /**
     * How to connect by a profile.
     *
     * @throws UnusableProfile if its address is none, or a file for TLS cannot be used
     */
    public static WorkflowServiceStubsOptions connection(ClientConfigProfile profile) throws UnusableProfile {
        Optional<String> problem = Optional.ofNullable(profile.getAddress())
                .filter(address -> !address.isEmpty())
                .flatMap(HostPort::problem);
        if (problem.isPresent()) {
            throw new UnusableProfile("the address of the Temporal server: " + problem.get(), null);
        }
        try {
            return profile.toWorkflowServiceStubsOptions();
        } catch (RuntimeException e) { // of whatever kind the library wraps an unreadable file in
            throw new UnusableProfile("what the profile says of TLS cannot be used: " + root(e), e);
        }
    }

    /** The file that is read; temporal.toml of the person's own folder where none is named. */
    private static String file(LoadClientConfigProfileOptions options) {
        Map<String, String> environment = Objects.requireNonNullElse(options.getEnvOverrides(), System.getenv());
        @Nullable String named = options.getConfigFilePath();
        return named == null || named.isEmpty()
                ? environment.getOrDefault("TEMPORAL_CONFIG_FILE", "temporal.toml")
                : named;
    }

    private static Throwable root(Throwable problem) {
        Throwable cause = problem.getCause();
        return cause == null ? problem : root(cause);
    }

    private static String firstLine(Throwable problem) {
        return String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
    }
}
