package io.longwatch.preflight;

/**
 * A need that a worker cannot meet.
 *
 * @param user step or check that has it
 * @param problem what is lacking, and what there is
 */
public record Lack(String user, String problem) {}
