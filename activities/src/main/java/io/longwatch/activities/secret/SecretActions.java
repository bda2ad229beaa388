package io.longwatch.activities.secret;

import io.longwatch.actions.secret.CheckInput;
import io.longwatch.actions.secret.CheckResult;
import io.longwatch.actions.secret.SecretActivities;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.kubernetes.KubernetesClients;
import io.longwatch.activities.kubernetes.KubernetesConnection;
import io.longwatch.contract.StepRef;

/** Secrets for an environment's steps, over its Kubernetes connection. */
public final class SecretActions implements SecretActivities {
    private final ActionContext context;
    private final KubernetesClients clients;

    public SecretActions(ActionContext context, KubernetesClients clients) {
        this.context = context;
        this.clients = clients;
    }

    @Override
    public CheckResult check(StepRef step, CheckInput input) {
        var connection = context.connections().get(KubernetesConnection.class, input.connection());
        return clients.call(connection, cluster -> new Check(cluster, context.clock()).run(input));
    }
}
