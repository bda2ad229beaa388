package io.longwatch.worker.slack;

/**
 * How a decision fared.
 *
 * @param kind what became of it
 * @param words for the person who made it
 */
record Reply(Kind kind, String words) {
    /** What became of a decision. */
    enum Kind {
        /** It counts; its card says so to everyone. */
        ACCEPTED,
        /** It was judged and does not count. */
        REFUSED,
        /** It lies with the release and is judged as soon as a worker is there. */
        WAITING,
        /** It did not reach the release. */
        LOST
    }
}
