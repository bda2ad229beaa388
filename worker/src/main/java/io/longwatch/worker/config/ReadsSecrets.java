package io.longwatch.worker.config;

/** A part of the configuration that asks more of a secret than that it has a value. */
interface ReadsSecrets {
    /**
     * Looks at the values; called where every secret must have its value already.
     *
     * @throws IllegalArgumentException if one will not do; begins with its field, and does not repeat the value
     */
    void requireSecrets();
}
