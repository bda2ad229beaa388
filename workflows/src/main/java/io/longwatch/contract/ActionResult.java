package io.longwatch.contract;

/** What an action found or did. Results are records of at most 8 KiB as JSON, tolerant of unknown and missing fields. */
public interface ActionResult {
    /** One line for people with the figure that matters: "2 of 2 replicas ready, image sha256:1f2e…". */
    String summary();
}
