package io.longwatch.actions.http;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Input of {@code http.request}. */
public record RequestInput(
        @ConnectionName(value = "http", optional = true)
        @Field(value = "Connection of kind http whose address and token are used; none by default", example = "bridge")
        @Nullable
        String connection,

        @Field(
                value = "Absolute address, or a path below the connection or tunnel; each case may have its own",
                example = "https://api.auren.health/health")
        @Nullable
        String url,

        @Field(value = "GET (default), HEAD or OPTIONS", example = "GET") @Nullable
        String method,

        @Field(value = "Headers to send; none by default", example = "{Accept: application/json}") @Nullable
        Map<String, String> headers,

        @Field(value = "Credentials; the connection's by default", example = "{bearer: HEALTHKIT_API_KEY}") @Nullable
        HttpAuth auth,

        @Field(value = "Statuses that are right; 200 to 299 by default", example = "[200]") @Nullable
        List<Integer> expectStatus,

        @Field(
                value = "Headers the answer must have, with these values; none by default",
                example = "{Content-Type: application/json}")
        @Nullable
        Map<String, String> expectHeaders,

        @Field(
                value = "Values the JSON body must have, by JSON pointer; none by default",
                example = "{/status: healthy}")
        @Nullable
        Map<String, Object> expectJson,

        @Field(
                value = "Several requests in order, sharing what stands above; just one by default",
                example = "[{name: health, url: /health}, {name: ready, url: /ready}]")
        @Nullable
        List<HttpCase> cases,

        @Field(
                value =
                        "What to keep of the last answer, by name: a JSON pointer into the body, or header:Name; nothing by"
                                + " default",
                example = "{status: /status}")
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
                value = "Follow up to five redirects, without credentials where they leave the host; false by default",
                example = "false")
        @Nullable
        Boolean followRedirects,

        @Field(
                value = "Ask again until all is as expected or the step's timeout is over; false by default",
                example = "true")
        @Nullable
        Boolean retryUntilExpected,

        @Field(
                value =
                        "Fail when an answer is not as expected; false leaves the judgement to the step's expect; true by"
                                + " default",
                example = "true")
        @Nullable
        Boolean failOnUnexpected) {
    private static final List<String> METHODS = List.of("GET", "HEAD", "OPTIONS");

    public RequestInput {
        headers = HttpCase.copy(headers);
        expectStatus = expectStatus == null ? null : List.copyOf(expectStatus);
        expectHeaders = HttpCase.copy(expectHeaders);
        expectJson = HttpCase.copy(expectJson);
        cases = cases == null ? null : List.copyOf(cases);
        outputs = HttpCase.copy(outputs);
        HttpCase shared = shared(url, method, headers, auth, expectStatus, expectHeaders, expectJson);
        List<HttpCase> all = CaseList.of(shared, cases);
        CaseList.check(all, METHODS, "what changes something is sent with http.send");
        CaseList.checkOutputs(outputs);
        for (HttpCase one : all) {
            if (one.body() != null || one.json() != null) {
                throw new IllegalArgumentException(
                        "case '" + one.name() + "' has a body; a body is sent with http.send");
            }
        }
    }

    /** Just an address, everything else by default. */
    public static RequestInput get(String url) {
        return new RequestInput(
                null, url, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** Every case in full, in order. */
    public List<HttpCase> allCases() {
        return CaseList.of(shared(url, method, headers, auth, expectStatus, expectHeaders, expectJson), cases);
    }

    private static HttpCase shared(
            @Nullable String url,
            @Nullable String method,
            @Nullable Map<String, String> headers,
            @Nullable HttpAuth auth,
            @Nullable List<Integer> expectStatus,
            @Nullable Map<String, String> expectHeaders,
            @Nullable Map<String, Object> expectJson) {
        return new HttpCase(
                null,
                url,
                method == null ? "GET" : method,
                headers,
                null,
                null,
                auth,
                null,
                expectStatus,
                expectHeaders,
                expectJson);
    }
}
