package io.longwatch.activities.slack;

import com.slack.api.methods.SlackApiException;
import io.longwatch.contract.Failures;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Slack's answers mean for a step. */
final class SlackFailures {
    private static final Duration NO_DELAY_NAMED = Duration.ofSeconds(30);
    private static final Set<String> DENIED = Set.of(
            "invalid_auth",
            "not_authed",
            "token_revoked",
            "token_expired",
            "account_inactive",
            "missing_scope",
            "not_allowed_token_type",
            "no_permission",
            "access_denied",
            "org_login_required");
    private static final Set<String> NOT_FOUND =
            Set.of("channel_not_found", "thread_not_found", "message_not_found", "user_not_found", "users_not_found");
    private static final Set<String> REFUSED = Set.of(
            "not_in_channel",
            "is_archived",
            "restricted_action",
            "restricted_action_read_only_channel",
            "restricted_action_thread_only_channel",
            "restricted_action_thread_locked",
            "restricted_action_non_threadable_channel",
            "cant_update_message",
            "edit_window_closed",
            "user_not_in_channel",
            "posting_to_general_channel_denied");
    private static final Set<String> UNAVAILABLE =
            Set.of("internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org");

    private SlackFailures() {}

    static ApplicationFailure of(String doing, IOException e) {
        return Failures.unavailable("Slack could not be reached for " + doing + ": " + e.getMessage(), e);
    }

    static ApplicationFailure of(String doing, SlackApiException e) {
        int status = e.getResponse().code();
        if (status == 429) {
            return limited(doing, e.getResponse().header("Retry-After"));
        }
        return status >= 500
                ? Failures.unavailable("Slack answered " + status + " to " + doing, null)
                : Failures.failed(
                        "Slack answered " + status + " to " + doing + "; look at https://status.slack.com", null);
    }

    /**
     * What an answer that is not ok means.
     *
     * @param error Slack's own word
     * @param details what Slack adds to it, for people
     */
    static ApplicationFailure of(String doing, String error, String details) {
        String message = "Slack refused " + doing + ": " + error + (details.isEmpty() ? "" : " (" + details + ")");
        if (DENIED.contains(error)) {
            return Failures.denied(message + "; check the app's bot token and scopes", null);
        }
        if (NOT_FOUND.contains(error)) {
            return Failures.notFound(message + "; a private channel is only seen by an app that is invited to it");
        }
        if (REFUSED.contains(error)) {
            return Failures.refused(message + "; invite the app to the channel, or choose another");
        }
        if (UNAVAILABLE.contains(error)) {
            return Failures.unavailable(message, null);
        }
        return "ratelimited".equals(error) || "rate_limited".equals(error)
                ? limited(doing, null)
                : Failures.invalid(message);
    }

    private static ApplicationFailure limited(String doing, @Nullable String retryAfter) {
        Duration delay = retryAfter != null && retryAfter.matches("\\d{1,5}")
                ? Duration.ofSeconds(Math.max(1, Long.parseLong(retryAfter)))
                : NO_DELAY_NAMED;
        return Failures.pending("Slack limits the rate of " + doing + "; again in " + delay.toSeconds() + " s", delay);
    }
}
