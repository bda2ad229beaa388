package io.longwatch.worker;

/** Names of what the worker measures; Prometheus reads each with {@code _} for {@code .} and the suffix of its kind. */
final class MetricNames {
    /** Gauge by environment and state. */
    static final String RELEASES = "longwatch.releases";

    /** Gauge. */
    static final String RELEASES_UNLISTED = "longwatch.releases.unlisted";

    /** Counter by environment and state. */
    static final String RELEASES_ENDED = "longwatch.releases.ended";

    /** Gauge by environment. */
    static final String WINDOWS_OPEN = "longwatch.windows.open";

    /** Gauge by environment. */
    static final String WINDOWS_UNWATCHED = "longwatch.windows.unwatched";

    /** Counter by environment and verdict. */
    static final String WINDOW_VERDICTS = "longwatch.window.verdicts";

    /** Counter by environment and result. */
    static final String LOOKS = "longwatch.looks";

    /** Histogram by environment. */
    static final String LOOK_LATENESS = "longwatch.look.lateness";

    /** Counter by environment and outcome. */
    static final String UNDOS = "longwatch.undos";

    /** Gauge by queue and kind. */
    static final String POLLING = "longwatch.polling";

    /** Gauge by environment. */
    static final String SLACK_CONNECTED = "longwatch.slack.connected";

    /** Counter. */
    static final String LEDGER_ENTRIES_LOST = "longwatch.ledger.entries.lost";

    private MetricNames() {}
}
