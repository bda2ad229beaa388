package io.longwatch.preflight;

/**
 * A role whose people something of a plan asks.
 *
 * @param user gate, item, step, window or sign-off that asks them
 * @param role role id
 * @param people how many of them it needs; 0 where it only calls them when others do not answer
 * @param fourEyes whether whoever asks for the release is none of them
 */
public record Seat(String user, String role, int people, boolean fourEyes) {
    /** A seat that whoever asks for the release may take as well. */
    public Seat(String user, String role, int people) {
        this(user, role, people, false);
    }
}
