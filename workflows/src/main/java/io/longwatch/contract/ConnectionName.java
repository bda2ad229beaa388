package io.longwatch.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An input that names a connection of the worker's configuration. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface ConnectionName {
    /** Kind of the connection. */
    String value();

    /** Whether there is none when it is not named; otherwise it is then the environment's only one of the kind. */
    boolean optional() default false;
}
