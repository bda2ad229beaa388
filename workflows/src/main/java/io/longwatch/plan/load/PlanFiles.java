package io.longwatch.plan.load;

/** The files that stand beside a plan. */
@FunctionalInterface
public interface PlanFiles {
    /** Most bytes of one file. */
    int MOST_BYTES_EACH = 256 * 1024;

    /** Most bytes of all files that a plan takes in. */
    int MOST_BYTES_TOGETHER = 768 * 1024;

    /**
     * Text of a file.
     *
     * @param relativePath from the plan's folder, with forward slashes
     * @throws Unreadable if there is none, it lies outside the folder, or is too large
     */
    String read(String relativePath) throws Unreadable;

    /** Why a file cannot be taken in: names the file and what to do. */
    final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        public Unreadable(String message) {
            super(message);
        }
    }
}
