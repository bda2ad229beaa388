package io.longwatch.worker;

import io.longwatch.contract.Json;
import io.longwatch.worker.config.WorkerConfig;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
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
     * @throws IOException if temporal.toml cannot be read
     * @throws IllegalArgumentException if it has no such profile
     */
    public static WorkflowClient open(WorkerConfig config, Metrics metrics) throws IOException {
        ClientConfigProfile profile = profileOf(config.temporal());
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder(profile.toWorkflowServiceStubsOptions())
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

    private static ClientConfigProfile profileOf(WorkerConfig.Temporal temporal) throws IOException {
        var load = LoadClientConfigProfileOptions.newBuilder();
        if (temporal.profile() != null) {
            load.setConfigFileProfile(temporal.profile());
        }
        Path file = temporal.configFile();
        if (file != null) {
            // The library ignores a file that is not there.
            if (!Files.isReadable(file)) {
                throw new IOException("temporal.configFile " + file + " cannot be read");
            }
            load.setConfigFilePath(file.toString());
        }
        var profile = ClientConfigProfile.load(load.build()).toBuilder();
        if (temporal.address() != null) {
            profile.setAddress(temporal.address());
        }
        if (temporal.namespace() != null) {
            profile.setNamespace(temporal.namespace());
        }
        return profile.build();
    }
}
