package io.longwatch.activities.connection;

/** Tries connections of a kind, for people who want to know ahead of a release whether they work. */
public interface Probing {
    /** Kind of the connections it tries. */
    String kind();

    /**
     * Tries one, leaving no trace on the far side.
     *
     * @param connection its name
     * @return what answered, in words
     * @throws io.temporal.failure.ApplicationFailure as actions fail, with what to do
     */
    String probe(String connection);
}
