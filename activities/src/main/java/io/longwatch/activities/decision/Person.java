package io.longwatch.activities.decision;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Someone who may decide, in Slack or on the command line or both.
 *
 * @param name the name that stands in the record of a release
 * @param id their login, as the command line sends it
 * @param roles roles they hold
 * @param slack their Slack user id, or null if they do not decide there
 * @param ssh the public key that signs what they decide on the command line, or null if they do not decide there
 */
public record Person(
        String name,
        String id,
        List<String> roles,
        @Nullable String slack,
        @Nullable SshPublicKey ssh) {
    public Person {
        if (name.isBlank() || id.isBlank()) {
            throw new IllegalArgumentException("a person needs a name and an id");
        }
        if (slack == null && ssh == null) {
            throw new IllegalArgumentException("person '" + name + "' has neither slack nor ssh and could never decide;"
                    + " write slack: with their member ID, or ssh: with their public key");
        }
        if (slack != null && !slack.matches("[UW][A-Z0-9]+")) {
            throw new IllegalArgumentException("slack '" + slack
                    + "' is no Slack user id; copy the member ID from the person's Slack profile, as U024BE7LH");
        }
        roles = List.copyOf(roles);
    }
}
