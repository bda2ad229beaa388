package io.longwatch.activities.http;

import io.temporal.failure.ApplicationFailure;

/** An exchange that ended without an answer. */
final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    private final ApplicationFailure meaning;
    private final boolean lost;

    private NoAnswer(ApplicationFailure meaning, boolean lost) {
        super(meaning.getOriginalMessage(), meaning);
        this.meaning = meaning;
        this.lost = lost;
    }

    /** Nothing of the request reached the far side. */
    static NoAnswer unsent(ApplicationFailure meaning) {
        return new NoAnswer(meaning, false);
    }

    /** The far side may have received the request and acted on it. */
    static NoAnswer lost(ApplicationFailure meaning) {
        return new NoAnswer(meaning, true);
    }

    /** What it means to a step that may simply try again. */
    ApplicationFailure meaning() {
        return meaning;
    }

    boolean isLost() {
        return lost;
    }
}
