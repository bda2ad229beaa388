package io.longwatch.activities.http;

import io.longwatch.actions.http.HttpCase;
import io.longwatch.actions.http.HttpResult;
import io.longwatch.actions.http.RequestInput;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.Failures;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** http.request: asks each case in order. */
final class Ask {
    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);
    private final RequestInput input;
    private final Exchange exchange;
    private final Vault vault;
    private final Invocation invocation;

    Ask(RequestInput input, Exchange exchange, Vault vault, Invocation invocation) {
        this.input = input;
        this.exchange = exchange;
        this.vault = vault;
        this.invocation = invocation;
    }

    HttpResult run(Origin origin) {
        Tally tally = new Tally(input.outputs() == null ? Map.of() : input.outputs(), vault, Sending.Progress.NONE);
        List<HttpCase> cases = input.allCases();
        for (int i = 0; i < cases.size(); i++) {
            HttpCase one = cases.get(i);
            invocation.heartbeat(one.name());
            Answer answer = Boolean.TRUE.equals(input.followRedirects())
                    ? exchange.follow(one, origin)
                    : exchange.send(one, origin, Map.of());
            tally.add(one, answer, i == cases.size() - 1);
        }
        if (!tally.allAsExpected()) {
            judge(tally);
        }
        return tally.result();
    }

    private void judge(Tally tally) {
        if (Boolean.TRUE.equals(input.retryUntilExpected()) && !invocation.once()) {
            throw Failures.pending("not yet as expected: " + tally.problems(), ASK_AGAIN);
        }
        if (!Boolean.FALSE.equals(input.failOnUnexpected())) {
            throw Failures.unexpected("not as expected: " + tally.problems());
        }
    }
}
