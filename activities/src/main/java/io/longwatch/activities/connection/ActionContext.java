package io.longwatch.activities.connection;

import java.time.Clock;
import java.util.function.Supplier;

/**
 * What every system's actions are made of.
 *
 * @param connections connections and secrets of the environment served
 * @param clock the time actions read; in virtual time the server's
 * @param invocations the attempt that the calling thread serves
 */
public record ActionContext(Connections connections, Clock clock, Supplier<Invocation> invocations) {
    /** For a worker: the attempt is that of the calling thread. */
    public static ActionContext of(Connections connections, Clock clock) {
        return new ActionContext(connections, clock, Invocation::current);
    }

    public Invocation invocation() {
        return invocations.get();
    }

    /** The same for one attempt, taken where an action begins: what it asks of its time counts from here. */
    public ActionContext ofThisAttempt() {
        Invocation attempt = invocation();
        return new ActionContext(connections, clock, () -> attempt);
    }
}
