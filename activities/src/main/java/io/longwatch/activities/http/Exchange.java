package io.longwatch.activities.http;

import io.longwatch.actions.http.HttpCase;
import io.longwatch.activities.text.Reason;
import io.longwatch.contract.Failures;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

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

    /** The longest that an answer is waited for. */
    Duration timeout() {
        return timeout;
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

    /** As {@link #send}, for what may have an effect: tells whether it may have, where there is no answer. */
    Answer sendOnce(HttpCase wanted, Origin origin, Map<String, String> headers) throws NoAnswer {
        Draft draft = new Draft(wanted, origin);
        return callOnce(draft.shown(), draft.request(vault, clock.instant(), headers));
    }

    private Answer call(String shown, HttpRequest request) {
        try {
            return callOnce(shown, request);
        } catch (NoAnswer e) {
            throw e.meaning();
        }
    }

    private Answer callOnce(String shown, HttpRequest request) throws NoAnswer {
        try {
            return caller.send(request, BODY_LIMIT, timeout);
        } catch (HttpConnectTimeoutException e) {
            throw NoAnswer.unsent(Failures.unavailable(shown + ": no connection in time", null));
        } catch (HttpTimeoutException e) {
            throw NoAnswer.lost(Failures.unavailable(shown + ": no answer within " + timeout.toMillis() + " ms", null));
        } catch (ConnectException e) {
            throw NoAnswer.unsent(Failures.unavailable(shown + ": cannot connect, " + said(e), null));
        } catch (SSLHandshakeException | SSLPeerUnverifiedException e) {
            // Only these end before the request; an alert that comes as another SSLException may follow on it.
            throw NoAnswer.unsent(untrusted(shown, e));
        } catch (IOException e) {
            throw NoAnswer.lost(Failures.unavailable(shown + ": the exchange broke off: " + said(e), null));
        }
    }

    /** A certificate stays wrong; a handshake that broke off may succeed, as when a server is starting. */
    private ApplicationFailure untrusted(String shown, SSLException e) {
        return hasCause(e, GeneralSecurityException.class)
                ? Failures.failed(shown + ": no trusted TLS connection: " + said(e), null)
                : Failures.unavailable(shown + ": no TLS connection: " + said(e), null);
    }

    /** In place of the exception, whose message the history would show as it is. */
    private String said(IOException e) {
        return vault.hide(Reason.of(e));
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
