package io.longwatch.activities.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longwatch.activities.http.Answer;
import io.longwatch.activities.http.Caller;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers a registry's challenge: Basic with the connection's credentials, Bearer with a token fetched by them. */
final class Login {
    /** Bytes of an answer with a token. */
    private static final int LONGEST = 1 << 20;

    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final RegistryConnection connection;
    private final Caller caller;
    private final Map<String, String> authorizations = new HashMap<>();

    Login(RegistryConnection connection, Caller caller) {
        this.connection = connection;
        this.caller = caller;
    }

    /** What served for the repository before. */
    Optional<String> authorization(String repository) {
        return Optional.ofNullable(authorizations.get(repository));
    }

    /** What to send after a 401. */
    String answer(HttpHeaders refusal, String repository) throws IOException {
        String challenge = refusal.firstValue("WWW-Authenticate").orElse("");
        String authorization = challenge.regionMatches(true, 0, "Bearer ", 0, 7)
                ? bearer(parameters(challenge), repository)
                : basic().orElseThrow(() -> new RegistryRefusal(
                        401,
                        "registry " + connection.host() + " asks for credentials; write user: and password: into"
                                + " its connection"));
        authorizations.put(repository, authorization);
        return authorization;
    }

    private Optional<String> basic() {
        if (connection.user() == null || connection.password() == null) {
            return Optional.empty();
        }
        String credentials = connection.user() + ":" + connection.password().reveal();
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    private String bearer(Map<String, String> challenge, String repository) throws IOException {
        String scope = challenge.getOrDefault("scope", "repository:" + repository + ":pull");
        URI realm = URI.create(challenge.getOrDefault("realm", "") + "?service="
                + encoded(challenge.getOrDefault("service", "")) + "&scope=" + encoded(scope));
        if (!"https".equals(realm.getScheme()) && !connection.insecure()) {
            throw new RegistryRefusal(
                    401, "registry " + connection.host() + " names no encrypted address to log in at");
        }
        var request = HttpRequest.newBuilder(realm);
        basic().ifPresent(value -> request.header("Authorization", value));
        Answer response = caller.send(request.build(), LONGEST, connection.timeout());
        if (response.status() != 200) {
            throw new RegistryRefusal(
                    response.status(),
                    "login at " + realm.getHost() + " for registry " + connection.host() + " answered "
                            + response.status());
        }
        JsonNode answer = new ObjectMapper().readTree(response.body());
        return "Bearer "
                + answer.path("token").asText(answer.path("access_token").asText());
    }

    private static Map<String, String> parameters(String challenge) {
        Map<String, String> parameters = new HashMap<>();
        Matcher found = PARAMETER.matcher(challenge);
        while (found.find()) {
            parameters.put(found.group(1), found.group(2));
        }
        return parameters;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
