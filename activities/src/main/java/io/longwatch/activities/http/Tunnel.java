package io.longwatch.activities.http;

/** An open port-forward: what is sent to the local port on loopback arrives at its target. */
public interface Tunnel extends AutoCloseable {
    /** Port on 127.0.0.1. */
    int localPort();

    /** Ends the forwarding. Safe to call twice. */
    @Override
    void close();
}
