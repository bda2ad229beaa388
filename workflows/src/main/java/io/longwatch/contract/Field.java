package io.longwatch.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a component of an input or result record. A component that is not {@code @Nullable} must be given; one with
 * {@code @Nullable} has the default that its description names.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
public @interface Field {
    /** What it is, for a person who writes a plan. */
    String value();

    /** Unit of a number: "ms", "bytes", "messages". Empty for none. */
    String unit() default "";

    /** A likely value, as it would stand in a plan; simulated results are made of these. */
    String example() default "";
}
