package io.longwatch.activities.env;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.actions.env.CheckInput;
import io.longwatch.actions.env.CheckResult;
import io.longwatch.actions.env.EnvActivities;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.kubernetes.Cluster;
import io.longwatch.activities.kubernetes.Documents;
import io.longwatch.activities.kubernetes.KubernetesClients;
import io.longwatch.activities.kubernetes.KubernetesConnection;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Environment variables for an environment's steps; only a live Deployment needs its Kubernetes connection. */
public final class EnvActions implements EnvActivities {
    private final ActionContext context;
    private final KubernetesClients clients;

    public EnvActions(ActionContext context, KubernetesClients clients) {
        this.context = context;
        this.clients = clients;
    }

    @Override
    public CheckResult check(StepRef step, CheckInput input) {
        if (input.manifest() != null) {
            return ofManifest(input, Documents.parse(input.manifest()));
        }
        var connection = context.connections().get(KubernetesConnection.class, input.connection());
        return clients.call(connection, cluster -> ofCluster(input, cluster));
    }

    private static CheckResult ofManifest(CheckInput input, List<ObjectNode> objects) {
        ObjectNode workload = objects.stream()
                .filter(object -> object.at("/spec/template/spec/containers").isArray())
                .findFirst()
                .orElseThrow(() -> Failures.invalid("manifest holds nothing with containers; give the Deployment's"));
        Map<String, Map<String, String>> maps = ConfigMaps.of(objects);
        return new Check(input)
                .run(Variables.of(workload, input.container(), name -> maps.getOrDefault(name, Map.of())));
    }

    private static CheckResult ofCluster(CheckInput input, Cluster cluster) {
        String namespace = cluster.namespace(input.namespace());
        String name = Objects.requireNonNull(input.deployment());
        var live = cluster.client()
                .apps()
                .deployments()
                .inNamespace(namespace)
                .withName(name)
                .get();
        if (live == null) {
            throw Failures.notFound("Deployment '" + name + "' does not exist in namespace '" + namespace + "'");
        }
        return new Check(input)
                .run(Variables.of(Documents.tree(live), input.container(), ConfigMaps.of(cluster, namespace)));
    }
}
