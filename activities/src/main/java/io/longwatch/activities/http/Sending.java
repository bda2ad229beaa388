package io.longwatch.activities.http;

import io.longwatch.actions.http.CaseResult;
import io.longwatch.actions.http.HttpCase;
import io.longwatch.actions.http.HttpResult;
import io.longwatch.actions.http.SendBefore;
import io.longwatch.actions.http.SendInput;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** http.send: sends each case in order, leaving out what an earlier attempt saw answered. */
final class Sending {
    private static final Set<Integer> ASKED_TO_WAIT = Set.of(429, 502, 503, 504);

    /** Who answers so may have passed the request on. */
    private static final Set<Integer> OF_GATEWAYS = Set.of(502, 504);

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
        MessageDigest digest = Sha256.digest();
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
            if (one.name() != null && one.name().equals(before.sending())) {
                refuseToRepeat(one, tally, "an attempt that was lost had sent it and recorded no answer");
            }
            tally.add(one, sent(one, origin, exchange, tally), i == cases.size() - 1);
        }
        invocation.renew(tally.progress());
        if (!tally.allAsExpected() && !Boolean.FALSE.equals(input.failOnUnexpected())) {
            throw Failures.failed("not as expected" + warning() + ": " + tally.problems(), null);
        }
        return tally.result();
    }

    /** What a person must know who tries again: it stands first, since long words are cut where they are asked. */
    private String warning() {
        int all = input.allCases().size();
        if (input.allCases().stream().allMatch(input::repeatable)) {
            return "";
        }
        String answered = all == 1
                ? "the request was answered, and a retry sends it again"
                : "all " + all + " cases were answered, and a retry sends all " + all + " again";
        return " (" + answered + "; find out first what took effect)";
    }

    /** Sends a case between two records of the server: that it is being sent, and that it was not received after all. */
    private Answer sent(HttpCase one, Origin origin, Exchange exchange, Tally tally) {
        announce(one, exchange.timeout(), tally);
        try {
            Answer answer = exchange.sendOnce(one, origin, Map.of("Idempotency-Key", step.key() + "/" + one.name()));
            refuseToWait(one, answer, tally);
            return answer;
        } catch (NoAnswer e) {
            if (e.isLost()) {
                refuseToRepeat(one, tally, e.getMessage());
            } else {
                invocation.renew(tally.progress());
            }
            throw e.meaning();
        }
    }

    /** Records that a case is being sent; what ends the attempt here must not pass for a case whose answer was lost. */
    private void announce(HttpCase one, Duration longest, Tally tally) {
        try {
            invocation.requireTimeFor(longest);
            invocation.renew(tally.progress().sending(one.name()));
        } catch (RuntimeException e) {
            invocation.heartbeat(tally.progress());
            throw e;
        }
    }

    private void refuseToWait(HttpCase one, Answer answer, Tally tally) {
        boolean expected = one.expectStatus() != null && one.expectStatus().contains(answer.status());
        if (expected || !ASKED_TO_WAIT.contains(answer.status())) {
            return;
        }
        if (OF_GATEWAYS.contains(answer.status())) {
            refuseToRepeat(one, tally, "a gateway answered " + answer.status() + " in place of the receiver");
        } else {
            invocation.renew(tally.progress());
        }
        throw Failures.unavailable(
                "case '" + one.name() + "' was answered " + answer.status()
                        + "; it is sent again with the same Idempotency-Key",
                null);
    }

    private void refuseToRepeat(HttpCase one, Tally tally, @Nullable String why) {
        if (!input.repeatable(one)) {
            throw Failures.outcomeUnknown(
                    "case '" + one.name() + "' may have been received: " + why + ". " + tally.answered()
                            + "; find out whether it took effect before you retry, which sends all "
                            + input.allCases().size()
                            + " again. A receiver that knows a repeated Idempotency-Key allows"
                            + " deduplicates: true",
                    null);
        }
    }

    /**
     * Where a step stands; kept on the server for the next attempt.
     *
     * @param answered cases answered so far, in order
     * @param outputs the outputs once the last is
     * @param sending the case that is being sent, if its answer is not known
     */
    record Progress(
            List<CaseResult> answered,
            Map<String, Object> outputs,
            @Nullable String sending) {
        static final Progress NONE = new Progress(List.of(), Map.of(), null);

        Progress {
            answered = List.copyOf(answered);
            outputs = Map.copyOf(outputs);
        }

        Progress sending(@Nullable String name) {
            return new Progress(answered, outputs, name);
        }
    }
}
