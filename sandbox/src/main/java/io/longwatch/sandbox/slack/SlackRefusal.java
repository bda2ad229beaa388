package io.longwatch.sandbox.slack;

import java.util.List;

/** What Slack answers instead of doing it: an error word and, for some, messages. */
final class SlackRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> messages;

    SlackRefusal(String error, List<String> messages) {
        super(error);
        this.messages = List.copyOf(messages);
    }

    SlackRefusal(String error) {
        this(error, List.of());
    }

    String error() {
        return String.valueOf(getMessage());
    }

    List<String> messages() {
        return messages;
    }
}
