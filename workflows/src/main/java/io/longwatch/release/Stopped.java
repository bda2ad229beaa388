package io.longwatch.release;

/** Leaves the forward part of a release; {@link Stops} knows why. Never leaves the workflow. */
final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped(Stop stop) {
        super(stop.reason(), null, false, false);
    }
}
