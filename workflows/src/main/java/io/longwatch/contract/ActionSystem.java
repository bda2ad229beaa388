package io.longwatch.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the system that a contract interface speaks to; its actions are called {@code <name>.<verb>}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ActionSystem {
    /** First part of its actions' names, and unless it says otherwise the kind of connection they need: "kubernetes". */
    String name();

    /** The system's own name: "Kubernetes". */
    String title();

    /** Whether its actions need a connection from the worker's configuration. */
    boolean connected() default true;

    /** Kind of connection its actions need, when it is not the system's own name. */
    String connection() default "";
}
