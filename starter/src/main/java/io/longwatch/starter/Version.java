package io.longwatch.starter;

import java.util.Objects;

/** The version of this program, from its jar. */
final class Version {
    private Version() {}

    static String[] lines() {
        String version = Longwatch.class.getPackage().getImplementationVersion();
        return new String[] {
            "longwatch " + Objects.requireNonNullElse(version, "(not from a jar)"), "Java " + Runtime.version()
        };
    }
}
