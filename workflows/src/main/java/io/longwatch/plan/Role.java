package io.longwatch.plan;

/**
 * Who decides or attests. Which people hold it is the worker's configuration, never the plan.
 *
 * @param id as steps name it
 * @param title for people
 */
public record Role(String id, String title) {}
