package io.longwatch.plan.load;

import io.longwatch.contract.ActionSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thing that a plan gives an id.
 *
 * @param id as it stands there
 * @param kind what it is
 * @param position where the id stands
 * @param place when it has its turn
 * @param action the action it uses, or null if it uses none or none that is known
 * @param chosen keys that its result has by its own choice
 * @param baseline names of the figures it records
 */
record Declared(
        String id,
        Kind kind,
        Position position,
        Place place,
        @Nullable ActionSpec action,
        ChosenNames chosen,
        List<String> baseline) {
    Declared {
        baseline = List.copyOf(baseline);
    }

    /** Kinds of things with an id, as messages call them. */
    enum Kind {
        PHASE("phase"),
        GROUP("parallel group"),
        STEP("step"),
        GATE("gate"),
        ITEM("item"),
        CHECK("soak check"),
        WINDOW("soak window"),
        RESTORE("restore step"),
        ROLLBACK_STEP("rollback step"),
        SIGN_OFF("sign-off");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        /** Whether it has a result that expressions may speak of. */
        boolean hasResult() {
            return this == STEP || this == RESTORE || this == ROLLBACK_STEP;
        }
    }

    /** {@code step 'cache'}. */
    String label() {
        return kind.words() + " '" + id + "'";
    }
}
