package io.longwatch.activities.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.Secret;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reveals secrets for one action and takes their values out of everything the action says afterwards. */
final class Vault {
    private static final int SHORTEST_TO_HIDE = 4;
    private static final String HIDDEN = "[secret]";
    private final Connections connections;
    private final Set<String> revealed = new LinkedHashSet<>();

    Vault(Connections connections) {
        this.connections = connections;
    }

    void check(String name) {
        connections.secret(name);
    }

    String reveal(String name) {
        return reveal(connections.secret(name));
    }

    String reveal(Secret secret) {
        String value = secret.reveal();
        revealed.add(value);
        return value;
    }

    /** The text with every secret revealed so far replaced, should the far side have echoed one. */
    String hide(String text) {
        String hidden = text;
        for (String value : revealed) {
            if (value.length() >= SHORTEST_TO_HIDE) {
                hidden = hidden.replace(value, HIDDEN).replace(inJson(value), HIDDEN);
            }
        }
        return hidden;
    }

    /** As it stands in the text of a JSON body, where quotes and ends of lines are escaped. */
    private static String inJson(String value) {
        return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(value));
    }
}
