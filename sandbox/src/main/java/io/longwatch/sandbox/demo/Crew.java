package io.longwatch.sandbox.demo;

import io.longwatch.release.ReleaseRecord;

/** The people of a demo. */
interface Crew {
    /** Hears how the release stands and says what it has to say; true if it said something, so that time need not pass. */
    boolean answer(ReleaseRecord record);
}
