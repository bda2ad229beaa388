package io.longwatch.activities.http;

import io.longwatch.actions.http.HttpActivities;
import io.longwatch.actions.http.HttpResult;
import io.longwatch.actions.http.HttpVia;
import io.longwatch.actions.http.RequestInput;
import io.longwatch.actions.http.SendBefore;
import io.longwatch.actions.http.SendInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Probing;
import io.longwatch.activities.connection.Secret.SecretMissing;
import io.longwatch.activities.text.Reason;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** HTTP for an environment's steps: finds where to, opens the tunnel if one is asked for, runs the action. */
public final class HttpActions implements HttpActivities, Probing {
    private final ActionContext context;
    private final TunnelOpener tunnels;
    private final Caller caller = Caller.create();

    public HttpActions(ActionContext context, TunnelOpener tunnels) {
        this.context = context;
        this.tunnels = tunnels;
    }

    @Override
    public HttpResult request(StepRef step, RequestInput input) {
        Vault vault = new Vault(context.connections());
        Origin origin = origin(input.connection());
        Exchange exchange = exchange(vault, origin, input.timeout());
        Ask ask = new Ask(input, exchange, vault, context.invocation());
        return guarded(() -> through(input.via(), origin, ask::run));
    }

    @Override
    public SendBefore sendBefore(StepRef step, SendInput input) {
        Vault vault = new Vault(context.connections());
        Origin origin = origin(input.connection());
        Origin target = input.via() == null ? origin : behind(input.via(), origin);
        return guarded(() -> new Sending(step, input, vault, context.invocation()).before(target));
    }

    @Override
    public HttpResult send(StepRef step, SendInput input, SendBefore before) {
        Vault vault = new Vault(context.connections());
        Origin origin = origin(input.connection());
        Exchange exchange = exchange(vault, origin, input.timeout());
        Sending sending = new Sending(step, input, vault, context.invocation());
        return guarded(() -> through(input.via(), origin, target -> sending.run(target, exchange)));
    }

    @Override
    public UndoResult undoSend(StepRef step, SendInput input, SendBefore before, @Nullable HttpResult result) {
        int all = before.requests().size();
        if (result == null) {
            return UndoResult.refused(
                    "some of " + all + " requests may have been sent, and what is sent cannot be unsent");
        }
        int sent = result.cases().size();
        return sent == 0
                ? UndoResult.notNeeded("nothing was sent")
                : UndoResult.refused(sent + " of " + all + " requests were sent, and what is sent cannot be unsent");
    }

    @Override
    public String kind() {
        return HttpConnection.KIND;
    }

    /** Any answer but a refusal will do: what is released may not be there yet. */
    @Override
    public String probe(String connection) {
        HttpConnection found = context.connections().get(HttpConnection.class, connection);
        return guarded(() -> {
            HttpRequest.Builder request = HttpRequest.newBuilder(found.url()).GET();
            if (found.bearer() != null) {
                request.header("Authorization", "Bearer " + found.bearer().reveal());
            }
            String address = Addresses.shown(found.url());
            try {
                int status = caller.send(request.build(), 0, found.timeout()).status();
                if (status == 401 || status == 403) {
                    throw Failures.denied(
                            address + " answers with status " + status + "; give the connection its bearer token",
                            null);
                }
                return address + " answers with status " + status;
            } catch (IOException e) {
                throw Failures.unavailable(address + " does not answer: " + Reason.of(e), e);
            }
        });
    }

    private Origin origin(@Nullable String connection) {
        return connection == null
                ? Origin.anywhere()
                : Origin.of(context.connections().get(HttpConnection.class, connection));
    }

    private Exchange exchange(Vault vault, Origin origin, @Nullable Duration timeout) {
        return new Exchange(caller, context.clock(), vault, timeout == null ? origin.timeout() : timeout);
    }

    private <R> R through(@Nullable HttpVia via, Origin origin, Function<Origin, R> action) {
        if (via == null) {
            return action.apply(origin);
        }
        try (Tunnel tunnel = tunnels.open(via)) {
            return action.apply(origin.through(tunnel));
        }
    }

    /** The target by name, for what is recorded before any tunnel is open. */
    private static Origin behind(HttpVia via, Origin origin) {
        URI name = URI.create("http://" + via.target().substring(via.target().indexOf('/') + 1) + ":" + via.port());
        return new Origin(name, origin.bearer(), origin.timeout(), true);
    }

    private static <R> R guarded(Supplier<R> action) {
        try {
            return action.get();
        } catch (SecretMissing e) {
            throw e.failure("credentials of the request");
        }
    }
}
