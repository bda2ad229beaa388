package io.longwatch.worker;

import io.longwatch.contract.Json;
import io.longwatch.temporal.TemporalProfiles;
import io.longwatch.temporal.UnusableProfile;
import io.longwatch.worker.config.WorkerConfig;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Clients of the Temporal server that a configuration names. */
public final class TemporalClients {
    private TemporalClients() {}

    /**
     * A client. It connects when it is first used.
     *
     * @throws UnusableProfile if temporal.toml cannot be read or has no such profile, or what that says cannot be used
     */
    public static WorkflowClient open(WorkerConfig config, Metrics metrics) throws UnusableProfile {
        ClientConfigProfile profile = profileOf(config.temporal());
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder(TemporalProfiles.connection(profile))
                        .setMetricsScope(metrics.scope())
                        .setGrpcClientInterceptors(List.of(new Polls(Clock.systemUTC())))
                        .build());
        var options = WorkflowClientOptions.newBuilder(profile.toWorkflowClientOptions())
                .setDataConverter(Json.dataConverter());
        if (config.identity() != null) {
            options.setIdentity(config.identity());
        }
        return WorkflowClient.newInstance(stubs, options.build());
    }

    private static ClientConfigProfile profileOf(WorkerConfig.Temporal temporal) throws UnusableProfile {
        var load = LoadClientConfigProfileOptions.newBuilder();
        if (temporal.profile() != null) {
            load.setConfigFileProfile(temporal.profile());
        }
        Path file = temporal.configFile();
        if (file != null) {
            // The library ignores a file that is not there.
            if (!Files.isReadable(file)) {
                throw new UnusableProfile("temporal.configFile " + file + " cannot be read", null);
            }
            load.setConfigFilePath(file.toString());
        }
        var profile = TemporalProfiles.load(load.build()).toBuilder();
        if (temporal.address() != null) {
            profile.setAddress(temporal.address());
        }
        if (temporal.namespace() != null) {
            profile.setNamespace(temporal.namespace());
        }
        return profile.build();
    }
}
