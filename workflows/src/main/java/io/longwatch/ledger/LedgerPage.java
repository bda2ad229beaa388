package io.longwatch.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * All that is known of a release at one time. Each page holds what the pages before it held, so one that could not be
 * written is made good by the next.
 *
 * @param number orders the release's pages, over all its runs: the workflow's time in ms; a page never replaces one with a
 *     higher number
 * @param workflowId workflow of the release
 * @param runId its run
 * @param request what the release was started with: the answer of its {@code request} query
 * @param record what it knows of itself: the answer of its {@code record} query
 */
public record LedgerPage(long number, String workflowId, String runId, JsonNode request, JsonNode record) {
    public LedgerPage {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(record, "record");
    }
}
