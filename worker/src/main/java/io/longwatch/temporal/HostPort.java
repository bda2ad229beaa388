package io.longwatch.temporal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a server listens, as people write it: localhost:7233, [::1]:7233. */
public final class HostPort {
    private static final Pattern FORM =
            Pattern.compile("(?:dns:///)?(?:[^\\s:/\\[\\]@?#]+|\\[[0-9A-Fa-f:.]+]):(\\d{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    private HostPort() {}

    /** What is wrong with an address, quoted; empty if nothing is. */
    public static Optional<String> problem(String address) {
        Matcher form = FORM.matcher(address);
        if (!form.matches()) {
            return Optional.of("'" + address + "' is no host:port; write localhost:7233");
        }
        int port = Integer.parseInt(form.group(1));
        return port >= 1 && port <= HIGHEST_PORT
                ? Optional.empty()
                : Optional.of("'" + address + "' has no port; ports are 1 to " + HIGHEST_PORT);
    }
}
