package io.longwatch.actions.http;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Input of {@code http.send}. */
public record SendInput(
        @ConnectionName(value = "http", optional = true)
        @Field(value = "Connection of kind http whose address and token are used; none by default", example = "bridge")
        @Nullable
        String connection,

        @Field(
                value = "Absolute address, or a path below the connection or tunnel; each case may have its own",
                example = "https://api.auren.health/webhooks/oura")
        @Nullable
        String url,

        @Field(value = "POST (default), PUT, PATCH or DELETE", example = "POST") @Nullable
        String method,

        @Field(value = "Headers to send; none by default", example = "{Accept: application/json}") @Nullable
        Map<String, String> headers,

        @Field(value = "Body as it is sent; none by default", example = "ping") @Nullable
        String body,

        @Field(
                value = "Body as a structure, sent as JSON; none by default",
                example = "{event_type: sleep.updated, user_id: test_prod_001}")
        @Nullable
        Map<String, Object> json,

        @Field(value = "Credentials; the connection's by default", example = "{bearer: HEALTHKIT_API_KEY}") @Nullable
        HttpAuth auth,

        @Field(
                value = "Signature of the body; none by default",
                example = "{header: X-Oura-Signature, secret: OURA_WEBHOOK_SECRET}")
        @Nullable
        HttpSignature signature,

        @Field(value = "Statuses that are right; 200 to 299 by default", example = "[202]") @Nullable
        List<Integer> expectStatus,

        @Field(
                value = "Headers the answer must have, with these values; none by default",
                example = "{Content-Type: application/json}")
        @Nullable
        Map<String, String> expectHeaders,

        @Field(
                value = "Values the JSON body must have, by JSON pointer; none by default",
                example = "{/accepted: true}")
        @Nullable
        Map<String, Object> expectJson,

        @Field(
                value = "Several requests in order, sharing what stands above; just one by default",
                example = "[{name: oura, url: /webhooks/oura, json: {user_id: test_prod_001}}]")
        @Nullable
        List<HttpCase> cases,

        @Field(
                value =
                        "What to keep of the last answer, by name: a JSON pointer into the body, or header:Name; nothing by"
                                + " default",
                example = "{id: /event_id}")
        @Nullable
        Map<String, String> outputs,

        @Field(
                value = "Port-forward to go through, url being a path then; none by default",
                example = "{target: deployment/biometric-bridge, port: 8000}")
        @Nullable
        HttpVia via,

        @Field(value = "Longest wait for each answer; the connection's or 10s by default", example = "5s") @Nullable
        Duration timeout,

        @Field(
                value =
                        "Fail when an answer is not as expected; false leaves the judgement to the step's expect; true by"
                                + " default",
                example = "true")
        @Nullable
        Boolean failOnUnexpected,

        @Field(
                value =
                        "Whether the receiver takes a repeated Idempotency-Key for the same request; false by default, and a"
                                + " person is asked where an answer was lost",
                example = "false")
        @Nullable
        Boolean deduplicates) {
    private static final List<String> METHODS = List.of("POST", "PUT", "PATCH", "DELETE");

    public SendInput {
        headers = HttpCase.copy(headers);
        json = HttpCase.copy(json);
        expectStatus = expectStatus == null ? null : List.copyOf(expectStatus);
        expectHeaders = HttpCase.copy(expectHeaders);
        expectJson = HttpCase.copy(expectJson);
        cases = cases == null ? null : List.copyOf(cases);
        outputs = HttpCase.copy(outputs);
        HttpCase shared = new HttpCase(
                null,
                url,
                method == null ? "POST" : method,
                headers,
                body,
                json,
                auth,
                signature,
                expectStatus,
                expectHeaders,
                expectJson);
        CaseList.check(CaseList.of(shared, cases), METHODS, "what only asks is sent with http.request");
        CaseList.checkOutputs(outputs);
    }

    /** Whether to send a case again does no harm: the receiver knows its key, or its method says so itself. */
    public boolean repeatable(HttpCase one) {
        return Boolean.TRUE.equals(deduplicates) || "PUT".equals(one.method()) || "DELETE".equals(one.method());
    }

    /** Every case in full, in order. */
    public List<HttpCase> allCases() {
        HttpCase shared = new HttpCase(
                null,
                url,
                method == null ? "POST" : method,
                headers,
                body,
                json,
                auth,
                signature,
                expectStatus,
                expectHeaders,
                expectJson);
        return CaseList.of(shared, cases);
    }
}
