package io.longwatch.activities.announce;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.longwatch.contract.Failures;
import io.longwatch.contract.Json;
import io.longwatch.decision.Verb;

/**
 * What a card's button stands for. It travels in the button's value, which Slack gives back when someone presses it.
 *
 * @param release release id
 * @param workflowId workflow of the release, where the answer goes
 * @param subject what was asked
 * @param digest digest of what the card shows
 * @param verb what the button says
 */
public record Answer(String release, String workflowId, String subject, String digest, Verb verb) {
    /** Beginning of the action ids of buttons; the verb follows. */
    public static final String ACTION = "longwatch.answer.";

    private static final int LONGEST = 2000;

    /** The action id of its button. */
    public String actionId() {
        return ACTION + verb.word();
    }

    /**
     * The value of its button.
     *
     * @throws io.temporal.failure.ApplicationFailure InvalidInput if Slack would not take it
     */
    public String toValue() {
        String json;
        try {
            json = Json.mapper().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written", e);
        }
        if (json.length() > LONGEST) {
            throw Failures.invalid("the button of '" + verb.word() + "' to '" + subject + "' carries " + json.length()
                    + " characters and Slack takes " + LONGEST + "; shorten the step's id");
        }
        return json;
    }

    /**
     * Reads a button's value.
     *
     * @throws IllegalArgumentException if it is none of ours
     */
    public static Answer ofValue(String value) {
        try {
            return Json.mapper().readValue(value, Answer.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this button's value is not one of Longwatch's", e);
        }
    }
}
