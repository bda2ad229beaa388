package io.longwatch.activities.git;

import io.longwatch.contract.StepRef;
import org.eclipse.jgit.revwalk.FooterLine;

/** Lines at the end of a message by which a step finds what it did before. */
final class Trailers {
    private static final String STEP = "Longwatch-Step";
    private static final String UNDO = "Longwatch-Undo";

    private Trailers() {}

    /** The message with the line that says which step made it. */
    static String made(String message, StepRef step) {
        return message.stripTrailing() + "\n\n" + STEP + ": " + step.key() + "\n";
    }

    /** The message with the line that says which step it takes back. */
    static String undone(String message, StepRef step) {
        return message.stripTrailing() + "\n\n" + UNDO + ": " + step.key() + "\n";
    }

    static boolean isMadeBy(String message, StepRef step) {
        return has(message, STEP, step);
    }

    static boolean isUndoOf(String message, StepRef step) {
        return has(message, UNDO, step);
    }

    private static boolean has(String message, String key, StepRef step) {
        return FooterLine.getValues(FooterLine.fromMessage(message), key).contains(step.key());
    }
}
