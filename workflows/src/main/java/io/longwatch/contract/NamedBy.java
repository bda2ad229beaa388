package io.longwatch.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A component of a result whose keys a plan chooses by an input: a map, or a list of maps. A name that the input does not
 * have is then found when the plan is loaded.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface NamedBy {
    /** The input: a map by these keys, or a list of them. */
    String value();

    /** Keys that are there besides. */
    String[] also() default {};

    /** Whether any key may be there when the input is not given; otherwise none is. */
    boolean otherwiseAny() default false;
}
