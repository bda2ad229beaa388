package io.longwatch.activities.slack;

import io.longwatch.actions.slack.NotifyBefore;
import io.longwatch.actions.slack.NotifyInput;
import io.longwatch.actions.slack.NotifyResult;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message to a channel: looked for by its key, then posted. */
final class Notify {
    private final SlackApi slack;
    private final StepRef step;
    private final NotifyInput input;
    private final Clock clock;

    Notify(SlackApi slack, StepRef step, NotifyInput input, Clock clock) {
        this.slack = slack;
        this.step = step;
        this.input = input;
        this.clock = clock;
    }

    NotifyBefore before() {
        String channelId = slack.channelId(input.channel());
        return new NotifyBefore(channelId, find(channelId).orElse(null));
    }

    NotifyResult run(NotifyBefore before, Invocation invocation) {
        if (before.found() != null) {
            return alreadyThere(before.channelId(), before.found());
        }
        Optional<String> found = find(before.channelId());
        if (found.isPresent()) {
            return alreadyThere(before.channelId(), found.get());
        }
        invocation.renew(null);
        String posted =
                slack.post(before.channelId(), input.thread(), new SlackMessage(step.key(), input.text(), List.of()));
        return new NotifyResult(before.channelId(), posted, false, "posted to " + input.channel());
    }

    UndoResult undo(NotifyBefore before, @Nullable NotifyResult result) {
        Optional<String> message = result != null ? Optional.of(result.message()) : find(before.channelId());
        return UndoResult.notNeeded(message.map(
                        id -> "people have read it: message " + id + " in " + input.channel() + " stays as it was said")
                .orElseGet(() -> "nothing was posted to " + input.channel()));
    }

    private Optional<String> find(String channelId) {
        return slack.find(channelId, input.thread(), step.key(), clock.instant());
    }

    private NotifyResult alreadyThere(String channelId, String message) {
        return new NotifyResult(
                channelId, message, true, "stands in " + input.channel() + " already, posted by an earlier attempt");
    }
}
