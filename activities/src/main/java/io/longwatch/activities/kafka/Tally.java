package io.longwatch.activities.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longwatch.actions.kafka.Match;
import io.longwatch.text.Bounded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Counts the messages that match, and which of the values looked for were seen. */
final class Tally {
    static final int MOST_VALUES = 20;
    private static final int VALUE_BYTES = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final @Nullable Match match;
    private final @Nullable Pattern pattern;
    private final Set<String> values;
    private final List<String> at;
    private long found;
    private long scanned;
    private long unreadable;

    Tally(@Nullable Match match, Progress progress) {
        this.match = match;
        this.pattern = match == null || match.pattern() == null ? null : Pattern.compile(match.pattern());
        this.values = new LinkedHashSet<>(progress.values());
        this.at = new ArrayList<>(progress.at());
        this.found = progress.found();
        this.scanned = progress.scanned();
        this.unreadable = progress.unreadable();
    }

    void add(ConsumerRecord<byte[], byte[]> message) {
        scanned++;
        if (matches(message.value())) {
            found++;
            if (at.size() < MOST_VALUES) {
                at.add(message.topic() + "-" + message.partition() + "@" + message.offset());
            }
        }
    }

    private boolean matches(byte @Nullable [] value) {
        if (match == null) {
            return true;
        }
        if (value == null) {
            return false;
        }
        String text = match.field() == null ? new String(value, StandardCharsets.UTF_8) : field(value, match.field());
        return text != null && judge(match, text);
    }

    Progress progress(Map<String, Long> next, long expired) {
        return new Progress(Map.copyOf(next), List.copyOf(values), at, found, scanned, unreadable, expired);
    }

    List<String> missing() {
        if (match == null || match.in() == null) {
            return List.of();
        }
        return match.in().stream().filter(value -> !values.contains(value)).toList();
    }

    static List<String> bounded(List<String> values) {
        return values.stream()
                .limit(MOST_VALUES)
                .map(value -> Bounded.text(value, VALUE_BYTES))
                .toList();
    }

    /** Whether a text is one that is looked for; keeps which values there are. */
    private boolean judge(Match wanted, String text) {
        if (pattern != null) {
            Matcher matcher = pattern.matcher(text);
            if (!matcher.find()) {
                return false;
            }
            keep(matcher.groupCount() > 0 ? matcher.group(1) : wanted.field() == null ? null : text);
        } else if (wanted.in() == null) {
            keep(text);
        } else if (wanted.in().contains(text)) {
            values.add(text);
        } else {
            return false;
        }
        return true;
    }

    private void keep(@Nullable String text) {
        if (text != null && values.size() < MOST_VALUES) {
            values.add(Bounded.text(text, VALUE_BYTES));
        }
    }

    private @Nullable String field(byte[] value, String path) {
        JsonNode at;
        try {
            at = JSON.readTree(value);
        } catch (IOException e) {
            unreadable++;
            return null;
        }
        for (String name : path.split("\\.", -1)) {
            at = at.path(name);
        }
        return at.isValueNode() && !at.isNull() ? at.asText() : null;
    }
}
