package io.longwatch.preflight;

/**
 * A role whose people something of a plan asks.
 *
 * @param user gate, item, step, window or sign-off that asks them
 * @param role role id
 * @param people how many of them it needs; 0 where it only calls them when others do not answer
 */
public record Seat(String user, String role, int people) {}
