package io.longwatch.plan.coverage;

/**
 * Something of a plan that answers a box.
 *
 * @param kind what it is
 * @param id its id in the plan
 */
public record Covering(Kind kind, String id) {
    /** What answers a box, and who is behind it. */
    public enum Kind {
        STEP(true, false),
        CONFIRMED_STEP(true, true),
        GATE(false, false),
        ITEM(false, true),
        CHECK(true, false),
        WINDOW(true, false),
        RESTORE(true, false),
        VERIFY(true, false),
        DATA_LOSS(true, false),
        SIGN_OFF(false, true);

        private final boolean machine;
        private final boolean person;

        Kind(boolean machine, boolean person) {
            this.machine = machine;
            this.person = person;
        }

        /** Whether a machine does or looks at something. */
        boolean isMachine() {
            return machine;
        }

        /** Whether a person says that it is so. */
        boolean isPerson() {
            return person;
        }
    }
}
