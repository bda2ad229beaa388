package io.longwatch.release;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The way back of an effect that was not taken back, as a release leaves it to the one that takes its place.
 *
 * @param step step that had the effect
 * @param title the step's
 * @param action name of the action
 * @param before what was recorded ahead of the effect
 */
public record WayBack(String step, String title, String action, JsonNode before) {}
