package io.longwatch.contract;

import java.util.Objects;

/**
 * How an undo ended.
 *
 * @param outcome what became of the effect
 * @param summary one line for people: what was found and what was done about it
 */
public record UndoResult(Outcome outcome, String summary) implements ActionResult {
    /** What became of an effect. */
    public enum Outcome {
        /** Live state was changed back, by this attempt or a former one of this undo, and found as recorded before. */
        REVERTED,
        /** Nothing to take back: the effect never happened, or someone else has taken it back. */
        NOT_NEEDED,
        /** Taking it back would make things worse (someone else has changed or uses it); left as it is. */
        REFUSED
    }

    public UndoResult {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(summary, "summary");
    }

    public static UndoResult reverted(String summary) {
        return new UndoResult(Outcome.REVERTED, summary);
    }

    public static UndoResult notNeeded(String summary) {
        return new UndoResult(Outcome.NOT_NEEDED, summary);
    }

    public static UndoResult refused(String summary) {
        return new UndoResult(Outcome.REFUSED, summary);
    }
}
