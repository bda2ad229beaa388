package io.longwatch.starter.temporal;

import io.longwatch.contract.Json;
import io.longwatch.starter.CommandFailed;
import io.longwatch.temporal.HostPort;
import io.longwatch.temporal.TemporalProfiles;
import io.longwatch.temporal.UnusableProfile;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Connects as temporal.toml and the TEMPORAL_ variables say, like Temporal's own tools. */
public final class ProfileConnector implements Connector {
    private static final String HOW_TO_GET_ONE =
            "Start one for trying out: temporal server start-dev\nor name yours: --address HOST:PORT,"
                    + " TEMPORAL_ADDRESS, or a profile in temporal.toml.";

    private final Map<String, String> environment;

    public ProfileConnector(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Connection connect(@Nullable String address, @Nullable String namespace) {
        Optional.ofNullable(address).flatMap(HostPort::problem).ifPresent(problem -> {
            throw CommandFailed.usage("--address " + problem, null);
        });
        try {
            return connect(profile(address, namespace));
        } catch (UnusableProfile e) {
            throw CommandFailed.usage(
                    "Temporal's configuration cannot be used: " + e.getMessage(),
                    "Look at temporal.toml and the TEMPORAL_ variables.",
                    e);
        }
    }

    private static Connection connect(ClientConfigProfile profile) throws UnusableProfile {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(TemporalProfiles.connection(profile));
        WorkflowClient client = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder(profile.toWorkflowClientOptions())
                        .setDataConverter(Json.dataConverter())
                        .build());
        Reach reach = new Reach(client, HOW_TO_GET_ONE);
        reach.requireServer();
        return new Connection(client, reach.address(), stubs::shutdownNow);
    }

    private ClientConfigProfile profile(@Nullable String address, @Nullable String namespace) throws UnusableProfile {
        ClientConfigProfile.Builder profile =
                TemporalProfiles.load(LoadClientConfigProfileOptions.newBuilder()
                                .setEnvOverrides(environment)
                                .build())
                        .toBuilder();
        if (address != null) {
            profile.setAddress(address);
        }
        if (namespace != null) {
            profile.setNamespace(namespace);
        }
        return profile.build();
    }
}
