package io.longwatch.activities.kubernetes;

import io.longwatch.actions.http.HttpVia;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.http.Tunnel;
import io.longwatch.activities.http.TunnelOpener;

/** Port-forwards for {@code http.request} and {@code http.send}. */
public final class PortForwards implements TunnelOpener {
    private final ActionContext context;
    private final KubernetesClients clients;

    public PortForwards(ActionContext context, KubernetesClients clients) {
        this.context = context;
        this.clients = clients;
    }

    @Override
    public Tunnel open(HttpVia via) {
        KubernetesConnection connection = context.connections().get(KubernetesConnection.class, via.connection());
        return new Open(PortForward.open(clients, connection, via.namespace(), via.target(), via.port()));
    }

    private record Open(PortForward forward) implements Tunnel {
        @Override
        public int localPort() {
            return forward.localPort();
        }

        @Override
        public void close() {
            forward.close();
        }
    }
}
