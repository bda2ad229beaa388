package io.longwatch.contract;

import java.lang.reflect.Method;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An action as its contract describes it.
 *
 * @param name {@code system.verb}, also its activity type
 * @param system name of its system
 * @param systemTitle the system's own name
 * @param connectionKind kind of connection it needs; empty if it needs none
 * @param title what it does, in a few words
 * @param description a paragraph for the reference
 * @param effect what it leaves behind
 * @param undo when a rollback undoes it by default
 * @param serving whether users feel it
 * @param backfills whether it can look at a past instant
 * @param attempt longest time of one attempt
 * @param timeout default time of all attempts together
 * @param example inputs of a step that uses it, as YAML
 * @param input type of its input record
 * @param before type of what is recorded ahead of its effect, or null if it only reads
 * @param result type of its result record
 */
public record ActionSpec(
        String name,
        String system,
        String systemTitle,
        String connectionKind,
        String title,
        String description,
        Effect effect,
        Undo undo,
        boolean serving,
        boolean backfills,
        Duration attempt,
        Duration timeout,
        String example,
        Class<? extends Record> input,
        @Nullable Class<? extends Record> before,
        Class<? extends Record> result) {

    /** Activity type of what is read ahead of the effect. */
    public String beforeName() {
        return name + ".before";
    }

    /** Activity type of the way back. */
    public String undoName() {
        return name + ".undo";
    }

    public boolean hasEffect() {
        return effect != Effect.NONE;
    }

    /** Whether its way back can lead past a release whose place was taken. */
    public boolean takesOver() {
        return before != null && TakesOver.class.isAssignableFrom(before);
    }

    /** Whether it needs a connection from the worker's configuration. */
    public boolean connected() {
        return !connectionKind.isEmpty();
    }

    static ActionSpec of(String name, ActionSystem system, Action action, Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        int expected = action.effect() == Effect.NONE ? 2 : 3;
        if (parameters.length != expected || parameters[0] != StepRef.class) {
            throw new IllegalArgumentException("contract of " + name + ": a method with effect " + action.effect()
                    + " takes " + expected + " parameters, StepRef first; found " + method);
        }
        return new ActionSpec(
                name,
                system.name(),
                system.title(),
                connectionKind(system),
                action.title(),
                action.description(),
                action.effect(),
                action.undo(),
                action.serving(),
                action.backfills(),
                Duration.parse(action.attempt()),
                Duration.parse(action.timeout()),
                action.example(),
                parameters[1].asSubclass(Record.class),
                expected == 3 ? parameters[2].asSubclass(Record.class) : null,
                method.getReturnType().asSubclass(Record.class));
    }

    private static String connectionKind(ActionSystem system) {
        if (!system.connected()) {
            return "";
        }
        return system.connection().isEmpty() ? system.name() : system.connection();
    }
}
