package io.longwatch.activities.http;

import io.longwatch.actions.http.CaseResult;
import io.longwatch.actions.http.HttpCase;
import io.longwatch.actions.http.HttpResult;
import io.longwatch.actions.http.SendBefore;
import io.longwatch.actions.http.SendInput;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** http.send: sends each case in order, leaving out what an earlier attempt saw answered. */
final class Sending {
    private static final Set<Integer> ASKED_TO_WAIT = Set.of(429, 502, 503, 504);
    private final StepRef step;
    private final SendInput input;
    private final Vault vault;
    private final Invocation invocation;

    Sending(StepRef step, SendInput input, Vault vault, Invocation invocation) {
        this.step = step;
        this.input = input;
        this.vault = vault;
        this.invocation = invocation;
    }

    SendBefore before(Origin origin) {
        List<String> requests = new ArrayList<>();
        MessageDigest digest = sha256();
        for (HttpCase one : input.allCases()) {
            Draft draft = new Draft(one, origin);
            draft.checkSecrets(vault);
            requests.add(one.name() + ": " + draft.shown());
            digest.update((one.name() + "\n" + draft.identity() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return new SendBefore(requests, "sha256:" + HexFormat.of().formatHex(digest.digest()));
    }

    HttpResult run(Origin origin, Exchange exchange) {
        Progress before = invocation.lastHeartbeat(Progress.class).orElse(Progress.NONE);
        List<HttpCase> cases = input.allCases();
        Tally tally = new Tally(input.outputs() == null ? Map.of() : input.outputs(), vault, before);
        for (int i = before.answered().size(); i < cases.size(); i++) {
            HttpCase one = cases.get(i);
            invocation.heartbeat(tally.progress());
            Answer answer = exchange.send(one, origin, Map.of("Idempotency-Key", step.key() + "/" + one.name()));
            refuseToWait(one, answer);
            tally.add(one, answer, i == cases.size() - 1);
        }
        invocation.heartbeat(tally.progress());
        if (!tally.allAsExpected() && !Boolean.FALSE.equals(input.failOnUnexpected())) {
            throw Failures.failed("not as expected: " + tally.problems(), null);
        }
        return tally.result();
    }

    private static void refuseToWait(HttpCase one, Answer answer) {
        boolean expected = one.expectStatus() != null && one.expectStatus().contains(answer.status());
        if (ASKED_TO_WAIT.contains(answer.status()) && !expected) {
            throw Failures.unavailable(
                    "case '" + one.name() + "' was answered " + answer.status()
                            + "; it is sent again with the same Idempotency-Key",
                    null);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Cases answered so far, in order, and the outputs once the last is; kept in the heartbeat for the next attempt. */
    record Progress(List<CaseResult> answered, Map<String, Object> outputs) {
        static final Progress NONE = new Progress(List.of(), Map.of());

        Progress {
            answered = List.copyOf(answered);
            outputs = Map.copyOf(outputs);
        }
    }
}
