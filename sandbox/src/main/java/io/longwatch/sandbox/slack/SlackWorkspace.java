package io.longwatch.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Channels and the messages in them. */
final class SlackWorkspace {
    /**
     * A channel.
     *
     * @param id its id
     * @param name its name, without #
     * @param member whether the app is a member
     * @param archived whether it is closed
     */
    record Channel(String id, String name, boolean member, boolean archived) {}

    /**
     * What one person alone was told.
     *
     * @param channel channel id
     * @param user who sees it
     * @param text what it says
     */
    record Whisper(String channel, String user, String text) {}

    private final Clock clock;
    private final Map<String, Channel> channels = new LinkedHashMap<>();
    private final List<Shown> messages = new ArrayList<>();
    private final List<Whisper> whispers = new ArrayList<>();
    private int sequence;

    SlackWorkspace(Clock clock) {
        this.clock = clock;
    }

    synchronized Channel add(String name, boolean member, boolean archived) {
        String id = String.format(Locale.ROOT, "C0%07d", channels.size() + 1);
        Channel channel = new Channel(id, name, member, archived);
        channels.put(id, channel);
        return channel;
    }

    synchronized List<Channel> channels() {
        return List.copyOf(channels.values());
    }

    /** By id, as most methods want it. */
    synchronized Channel byId(String id) {
        Channel channel = channels.get(id);
        if (channel == null) {
            throw new SlackRefusal("channel_not_found");
        }
        return channel;
    }

    /** By id or name, as posting allows. */
    synchronized Channel byIdOrName(String given) {
        String name = given.startsWith("#") ? given.substring(1) : given;
        return channels.values().stream()
                .filter(channel -> channel.id().equals(given) || channel.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new SlackRefusal("channel_not_found"));
    }

    synchronized Shown post(Channel channel, @Nullable String thread, String text, JsonNode blocks, JsonNode metadata) {
        if (channel.archived()) {
            throw new SlackRefusal("is_archived");
        }
        if (!channel.member()) {
            throw new SlackRefusal("not_in_channel");
        }
        if (thread != null) {
            get(channel.id(), thread, "thread_not_found");
        }
        Instant now = clock.instant();
        String id = String.format(Locale.ROOT, "%d.%06d", now.getEpochSecond(), ++sequence);
        Shown shown = new Shown(channel.id(), id, thread, text, blocks, metadata, 0);
        messages.add(shown);
        return shown;
    }

    synchronized Shown replace(Shown shown, String text, JsonNode blocks, JsonNode metadata) {
        Shown next = new Shown(
                shown.channel(),
                shown.id(),
                shown.thread(),
                text,
                blocks,
                metadata.isMissingNode() ? shown.metadata() : metadata,
                shown.edits() + 1);
        messages.set(messages.indexOf(shown), next);
        return next;
    }

    synchronized Shown get(String channelId, String id, String otherwise) {
        return messages.stream()
                .filter(message ->
                        message.channel().equals(channelId) && message.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new SlackRefusal(otherwise));
    }

    /** A channel's own messages, the newest first. */
    synchronized List<Shown> history(String channelId, String oldest) {
        return since(channelId, oldest)
                .filter(message -> message.thread() == null)
                .sorted(Comparator.comparing(Shown::id).reversed())
                .toList();
    }

    /** A thread: the message that began it, then the replies, the oldest first. */
    synchronized List<Shown> replies(String channelId, String thread, String oldest) {
        Shown first = get(channelId, thread, "thread_not_found");
        return Stream.concat(
                        Stream.of(first), since(channelId, oldest).filter(message -> thread.equals(message.thread())))
                .toList();
    }

    private Stream<Shown> since(String channelId, String oldest) {
        return messages.stream()
                .filter(message ->
                        message.channel().equals(channelId) && message.id().compareTo(oldest) > 0);
    }

    synchronized List<Shown> all() {
        return List.copyOf(messages);
    }

    synchronized void whisper(Whisper whisper) {
        whispers.add(whisper);
    }

    synchronized List<Whisper> whispers() {
        return List.copyOf(whispers);
    }
}
