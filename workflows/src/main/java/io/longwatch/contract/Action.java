package io.longwatch.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes an action on the method of a contract that carries it out.
 *
 * <p>The method's {@code @ActivityMethod} gives the action's name, {@code system.verb}. Its parameters are the {@link
 * StepRef} and the input record; an action with an effect takes the record of its {@code .before} method as a third
 * parameter and has two companions, {@code <name>.before} and {@code <name>.undo}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Action {
    /** What it does, as an imperative of a few words: "Scale a Deployment". */
    String title();

    /** A paragraph for the reference: what it does, what it verifies, which errors end it. */
    String description();

    /** What it leaves behind. */
    Effect effect() default Effect.NONE;

    /** When a rollback undoes it, unless the plan says otherwise. */
    Undo undo() default Undo.KEEP;

    /** Whether it takes back something that ships to users, so that a default may ask people first. */
    boolean serving() default false;

    /** Whether it can look at a past instant, given in the input's {@code time}: missed looks are then filled in later. */
    boolean backfills() default false;

    /** Longest time of one attempt, as an ISO-8601 duration. A step's timeout bounds all attempts together. */
    String attempt() default "PT1M";

    /** Default time for all attempts together, as an ISO-8601 duration. */
    String timeout() default "PT5M";

    /** Inputs of a step that uses it, as YAML: run as a test and shown in the reference. */
    String example();
}
