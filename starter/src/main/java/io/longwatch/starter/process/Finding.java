package io.longwatch.starter.process;

/**
 * What the doctor found.
 *
 * @param subject what was looked at
 * @param health how it is
 * @param message in words, with the remedy where it is not well
 */
record Finding(String subject, Health health, String message) {
    /** How something is, best first. */
    enum Health {
        WELL,
        /** Nobody knows how to try it without leaving a trace. */
        NOT_TRIED,
        /** It works without, but less well. */
        LACKING,
        UNREACHABLE
    }
}
