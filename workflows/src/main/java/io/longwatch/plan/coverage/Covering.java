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
        STEP("steps", true, false),
        CONFIRMED_STEP("confirmed steps", true, true),
        GATE("gates", false, false),
        ITEM("items", false, true),
        CHECK("soak checks", true, false),
        WINDOW("soak windows", true, false),
        RESTORE("rollback", true, false),
        VERIFY("verification", true, false),
        DATA_LOSS("data loss", true, false),
        SIGN_OFF("sign-offs", false, true);

        private final String words;
        private final boolean machine;
        private final boolean person;

        Kind(String words, boolean machine, boolean person) {
            this.words = words;
            this.machine = machine;
            this.person = person;
        }

        /** Such parts of a plan, in words. */
        public String words() {
            return words;
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
