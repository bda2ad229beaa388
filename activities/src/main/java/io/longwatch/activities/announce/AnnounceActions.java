package io.longwatch.activities.announce;

import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.decision.People;
import io.longwatch.activities.slack.SlackApi;
import io.longwatch.activities.slack.SlackConnection;
import io.longwatch.activities.slack.SlackMessage;
import io.longwatch.activities.slack.SlackWorkspaces;
import io.longwatch.announce.AnnounceActivities;
import io.longwatch.announce.Announcement;
import io.longwatch.announce.Posted;
import io.longwatch.contract.StepRef;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Announces in Slack, where the environment has a connection to it and the release a channel; else tells nobody. */
public final class AnnounceActions implements AnnounceActivities {
    private final ActionContext context;
    private final People people;
    private final SlackWorkspaces workspaces = new SlackWorkspaces();

    public AnnounceActions(ActionContext context, People people) {
        this.context = context;
        this.people = people;
    }

    @Override
    public @Nullable Posted post(StepRef step, Announcement announcement) {
        if (!hasChannel(announcement)) {
            return null;
        }
        SlackApi slack = slack();
        SlackMessage message = new Card(step.release(), announcement, people).message();
        Posted thread = announcement.thread();
        String channelId = thread == null ? slack.channelId(announcement.channel()) : thread.channel();
        String threadId = thread == null ? null : thread.message();
        Optional<String> found =
                slack.find(channelId, threadId, message.key(), context.clock().instant());
        if (found.isPresent()) {
            return posted(slack, channelId, found.get(), threadId, "stands in " + announcement.channel() + " already");
        }
        context.invocation().heartbeat(null);
        String id = slack.post(channelId, threadId, message);
        return posted(slack, channelId, id, threadId, "posted to " + announcement.channel());
    }

    /** A link only to what begins a thread: one call to Slack less for each message in it. */
    private static Posted posted(
            SlackApi slack, String channelId, String id, @Nullable String threadId, String summary) {
        return new Posted(
                channelId,
                id,
                summary,
                threadId == null ? slack.link(channelId, id).orElse(null) : null);
    }

    @Override
    public @Nullable Posted update(StepRef step, Posted posted, Announcement announcement) {
        if (!hasChannel(announcement)) {
            return null;
        }
        SlackMessage message = new Card(step.release(), announcement, people).message();
        context.invocation().heartbeat(null);
        String id = slack().update(posted.channel(), posted.message(), message);
        return new Posted(posted.channel(), id, "replaced in " + announcement.channel(), posted.link());
    }

    private SlackApi slack() {
        return workspaces.of(context.connections().get(SlackConnection.class, null));
    }

    private boolean hasChannel(Announcement announcement) {
        return !announcement.channel().isBlank()
                && context.connections().byName().values().stream().anyMatch(SlackConnection.class::isInstance);
    }
}
