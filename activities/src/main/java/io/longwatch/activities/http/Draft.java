package io.longwatch.activities.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longwatch.actions.http.HttpAuth;
import io.longwatch.actions.http.HttpCase;
import io.longwatch.contract.Failures;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** One case made ready to be sent. */
final class Draft {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpCase wanted;
    private final Origin origin;
    private final URI target;

    Draft(HttpCase wanted, Origin origin) {
        this.wanted = wanted;
        this.origin = origin;
        this.target = origin.resolve(Objects.requireNonNull(wanted.url()));
    }

    URI target() {
        return target;
    }

    /** What goes out, in words without secrets. */
    String shown() {
        return wanted.method() + " " + Addresses.shown(target);
    }

    /** All that makes the request this one, but for secrets and the local end of a tunnel. */
    String identity() {
        return String.join(
                "\n",
                String.valueOf(wanted.method()),
                String.valueOf(wanted.url()),
                new TreeMap<>(wanted.headers() == null ? Map.of() : wanted.headers()).toString(),
                new String(body(), StandardCharsets.UTF_8));
    }

    /** Fails if a secret that the case names is not configured. */
    void checkSecrets(Vault vault) {
        HttpAuth auth = wanted.auth();
        if (auth != null && auth.bearer() != null) {
            vault.check(auth.bearer());
        }
        if (auth != null && auth.secret() != null) {
            vault.check(auth.secret());
        }
        if (wanted.signature() != null) {
            vault.check(wanted.signature().secret());
        }
    }

    HttpRequest request(Vault vault, Instant now, Map<String, String> more) {
        byte[] body = body();
        Map<String, String> headers = new LinkedHashMap<>();
        if (wanted.json() != null) {
            headers.put("Content-Type", "application/json");
        }
        if (wanted.headers() != null) {
            headers.putAll(wanted.headers());
        }
        headers.putAll(credentials(vault));
        if (wanted.signature() != null) {
            headers.putAll(new Signer(
                            wanted.signature(), vault.reveal(wanted.signature().secret()))
                    .headers(body, now));
        }
        headers.putAll(more);
        return build(target, body, headers);
    }

    /** The same question at another address, with the step's own headers where that is the same host. */
    HttpRequest redirected(URI elsewhere, Vault vault, Instant now) {
        return Addresses.sameOrigin(target, elsewhere)
                ? new Draft(wanted, origin).at(elsewhere, vault, now)
                : build(elsewhere, new byte[0], Map.of());
    }

    private HttpRequest at(URI elsewhere, Vault vault, Instant now) {
        return HttpRequest.newBuilder(request(vault, now, Map.of()), (name, value) -> true)
                .uri(elsewhere)
                .build();
    }

    private HttpRequest build(URI uri, byte[] body, Map<String, String> headers) {
        BodyPublisher publisher = body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri).method(String.valueOf(wanted.method()), publisher);
        headers.forEach((name, value) -> {
            try {
                builder.setHeader(name, value);
            } catch (IllegalArgumentException e) {
                throw Failures.invalid("header '" + name + "' of case '" + wanted.name()
                        + "' cannot be set: its name is reserved or malformed, or its value has a line break");
            }
        });
        return builder.build();
    }

    private Map<String, String> credentials(Vault vault) {
        HttpAuth auth = wanted.auth();
        if (auth == null) {
            return origin.bearer() == null ? Map.of() : bearer(vault.reveal(origin.bearer()));
        }
        if (auth.bearer() != null) {
            return bearer(vault.reveal(auth.bearer()));
        }
        if (auth.header() != null && auth.secret() != null) {
            return Map.of(auth.header(), vault.reveal(auth.secret()));
        }
        return Map.of();
    }

    private static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    private byte[] body() {
        try {
            if (wanted.json() != null) {
                return JSON.writeValueAsBytes(wanted.json());
            }
            return wanted.body() == null ? new byte[0] : wanted.body().getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw Failures.invalid("json of case '" + wanted.name() + "' cannot be written: " + e.getOriginalMessage());
        }
    }
}
