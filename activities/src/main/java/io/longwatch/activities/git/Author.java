package io.longwatch.activities.git;

import java.time.Clock;
import java.time.ZoneOffset;
import org.eclipse.jgit.lib.PersonIdent;

/** Turns {@code Name <address>} into who made a commit or tag, and when. */
final class Author {
    private Author() {}

    static PersonIdent of(String written, Clock clock) {
        int address = written.lastIndexOf('<');
        return new PersonIdent(
                written.substring(0, address).strip(),
                written.substring(address + 1, written.length() - 1),
                clock.instant(),
                ZoneOffset.UTC);
    }
}
