package io.longwatch.sandbox.rehearse;

import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The virtual time of an in-memory Temporal server. */
public final class ServerClock extends Clock {
    private final TestWorkflowEnvironment server;

    public ServerClock(TestWorkflowEnvironment server) {
        this.server = server;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(server.currentTimeMillis());
    }
}
