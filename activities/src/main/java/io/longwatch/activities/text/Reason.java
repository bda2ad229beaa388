package io.longwatch.activities.text;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;

/** Why something failed, for people. */
public final class Reason {
    private Reason() {}

    /** What a failure says of itself; where it says nothing, what it means or is called. */
    public static String of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // The JDK's HTTP client says so in a cause alone, and not of which name.
            if (cause instanceof UnresolvedAddressException) {
                return "the host's name cannot be resolved";
            }
            if (cause instanceof UnknownHostException) {
                return "the host's name cannot be resolved: " + cause.getMessage();
            }
        }
        String message = failure.getMessage();
        if (failure instanceof ConnectException && (message == null || message.equals("Connection refused"))) {
            return "nothing listens there";
        }
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
