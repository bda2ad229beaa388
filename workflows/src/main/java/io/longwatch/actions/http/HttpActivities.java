package io.longwatch.actions.http;

import io.longwatch.contract.Action;
import io.longwatch.contract.ActionSystem;
import io.longwatch.contract.Effect;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.Undo;
import io.longwatch.contract.UndoResult;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/**
 * Asks over HTTP and sends over HTTP: directly, below a connection's address, or through a port-forward into a cluster.
 *
 * <p>Fails with {@code Unavailable} (retried) when nothing listens, the name cannot be resolved or no answer comes in
 * time; {@code Failed} when an answer is not as expected or the certificate is not trusted; {@code Pending} (retried)
 * instead of that where the step says {@code retryUntilExpected}; {@code InvalidInput} for an address, header, secret or
 * connection that cannot be right. Messages show addresses without the values of their query and never a secret.
 */
@ActionSystem(name = "http", title = "HTTP", connected = false)
@ActivityInterface
public interface HttpActivities {

    /** Asks with GET, HEAD or OPTIONS, one request or a list of cases. Idempotent. */
    @Action(
            title = "Ask over HTTP",
            description = "Sends GET, HEAD or OPTIONS, one request or a list of cases in order, and compares status,"
                    + " headers and JSON body with what is expected. Redirects are not followed unless asked for."
                    + " Reads at most 1 MiB of each answer and keeps of it only the named outputs.",
            attempt = "PT2M",
            example = "{url: 'https://api.auren.health/health', expectStatus: [200], outputs: {status: /status}}")
    @ActivityMethod(name = "http.request")
    HttpResult request(StepRef step, RequestInput input);

    /** Records what {@code http.send} is about to send; fails if a secret or connection it names is not configured. */
    @ActivityMethod(name = "http.send.before")
    SendBefore sendBefore(StepRef step, SendInput input);

    /**
     * Sends with POST, PUT, PATCH or DELETE. Each request carries {@code Idempotency-Key: <release>/<step>/<case>}; what
     * is sent and what was answered is recorded on the server around each request, and a repeated attempt leaves out the
     * cases that an earlier one saw answered. A POST or PATCH that was sent and whose answer is not known fails with
     * {@code OutcomeUnknown}, unless the step says that the receiver {@code deduplicates}.
     */
    @Action(
            title = "Send over HTTP",
            description =
                    "Sends POST, PUT, PATCH or DELETE, one request or a list of cases in order, each with the header"
                            + " Idempotency-Key: <release>/<step>/<case>, and compares the answers with what is expected."
                            + " Where nothing was received, and after a status 429 or 503 that was not expected, it is tried"
                            + " again with the same key. Where the answer to a POST or PATCH was lost, or a gateway answered"
                            + " 502 or 504, it is sent again only if the step says that the receiver deduplicates by the key;"
                            + " else a person is asked. PUT and DELETE are repeated, as HTTP allows. A person who retries"
                            + " the step after an answer that was not expected sends every case again, as the failure says."
                            + " What was sent cannot be unsent: the undo says so.",
            effect = Effect.KEYED,
            undo = Undo.KEEP,
            attempt = "PT2M",
            example = "{url: 'https://api.auren.health/webhooks/oura',"
                    + " json: {event_type: sleep.updated, user_id: test_prod_001},"
                    + " signature: {header: X-Oura-Signature, secret: OURA_WEBHOOK_SECRET}, expectStatus: [202]}")
    @ActivityMethod(name = "http.send")
    HttpResult send(StepRef step, SendInput input, SendBefore before);

    /** Takes nothing back; says how much was sent. */
    @ActivityMethod(name = "http.send.undo")
    UndoResult undoSend(StepRef step, SendInput input, SendBefore before, @Nullable HttpResult result);
}
