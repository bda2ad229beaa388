package io.longwatch.actions.kubernetes;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a plan says of whoever else keeps an object as it is. */
public enum Owner {
    /** Nobody should: the step is refused when someone does. */
    @JsonProperty("none")
    NONE,
    /** The owner is to be stopped first and started again afterwards. */
    @JsonProperty("suspend")
    SUSPEND,
    /** The owner is to make the change. */
    @JsonProperty("handoff")
    HANDOFF
}
