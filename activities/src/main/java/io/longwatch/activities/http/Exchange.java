package io.longwatch.activities.http;

import io.longwatch.actions.http.HttpCase;
import io.longwatch.contract.Failures;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/** Sends a case and brings its answer, or says in the contract's words why there is none. */
final class Exchange {
    private static final int BODY_LIMIT = 1 << 20;
    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private final Caller caller;
    private final Clock clock;
    private final Vault vault;
    private final Duration timeout;

    Exchange(Caller caller, Clock clock, Vault vault, Duration timeout) {
        this.caller = caller;
        this.clock = clock;
        this.vault = vault;
        this.timeout = timeout;
    }

    Answer send(HttpCase wanted, Origin origin, Map<String, String> headers) {
        Draft draft = new Draft(wanted, origin);
        return call(draft.shown(), draft.request(vault, clock.instant(), headers));
    }

    /** As {@link #send}, and on to where redirects lead. */
    Answer follow(HttpCase wanted, Origin origin) {
        Draft draft = new Draft(wanted, origin);
        Answer answer = call(draft.shown(), draft.request(vault, clock.instant(), Map.of()));
        URI here = draft.target();
        for (int hops = 0; REDIRECTS.contains(answer.status()); hops++) {
            Optional<URI> next = next(here, answer);
            if (next.isEmpty()) {
                return answer;
            }
            if (hops == MOST_REDIRECTS) {
                throw Failures.failed(draft.shown() + " was redirected more than " + MOST_REDIRECTS + " times", null);
            }
            here = next.get();
            String shown = wanted.method() + " " + Addresses.shown(here);
            answer = call(shown, draft.redirected(here, vault, clock.instant()));
        }
        return answer;
    }

    private static Optional<URI> next(URI here, Answer answer) {
        try {
            return answer.headers()
                    .firstValue("Location")
                    .map(here::resolve)
                    .filter(uri -> "http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    .filter(uri -> uri.getHost() != null);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private Answer call(String shown, HttpRequest request) {
        try {
            return caller.send(request, BODY_LIMIT, timeout);
        } catch (HttpTimeoutException e) {
            throw Failures.unavailable(shown + ": no answer within " + timeout.toMillis() + " ms", e);
        } catch (ConnectException e) {
            String why = hasCause(e, UnresolvedAddressException.class)
                    ? "the host's name cannot be resolved"
                    : "nothing listens there";
            throw Failures.unavailable(shown + ": cannot connect, " + why, e);
        } catch (SSLException e) {
            throw Failures.failed(
                    shown + ": no trusted TLS connection: " + vault.hide(String.valueOf(e.getMessage())), e);
        } catch (IOException e) {
            throw Failures.unavailable(
                    shown + ": the exchange broke off: " + vault.hide(String.valueOf(e.getMessage())), e);
        }
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
