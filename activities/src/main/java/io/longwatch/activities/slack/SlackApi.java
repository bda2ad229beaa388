package io.longwatch.activities.slack;

import static java.util.stream.Collectors.joining;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.request.chat.ChatPostMessageRequest;
import com.slack.api.methods.request.chat.ChatUpdateRequest;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.methods.response.chat.ChatUpdateResponse;
import com.slack.api.model.Conversation;
import com.slack.api.model.ConversationType;
import com.slack.api.model.Message;
import com.slack.api.model.ResponseMetadata;
import io.longwatch.contract.Failures;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One workspace. Every method fails by {@link Failures} only. Messages are keyed: they carry a key in their metadata by
 * which a repeat finds them.
 */
public final class SlackApi {
    /** Type of the metadata that messages of Longwatch carry. */
    public static final String EVENT_TYPE = "longwatch";

    private static final String KEY = "key";
    private static final Duration SEARCHED = Duration.ofDays(2);
    private static final int PAGE = 200;
    private static final int MOST_PAGES = 5;
    private static final int MOST_CHANNEL_PAGES = 50;
    private static final int CHANNEL_PAGE = 1000;
    private static final String CHANNEL_ID = "[CGD][A-Z0-9]{8,}";

    private final SlackConnection connection;
    private final Slack slack;
    private final Map<String, String> idsByName = new ConcurrentHashMap<>();

    public SlackApi(SlackConnection connection) {
        this.connection = connection;
        this.slack = Slack.getInstance(configOf(connection));
    }

    /** The library's configuration for a connection. */
    public static SlackConfig configOf(SlackConnection connection) {
        SlackConfig config = new SlackConfig();
        config.setStatsEnabled(false);
        config.setPrettyResponseLoggingEnabled(false);
        config.setHttpClientCallTimeoutMillis(
                Math.toIntExact(connection.timeout().toMillis()));
        if (connection.baseUrl() != null) {
            String base = connection.baseUrl().toString();
            config.setMethodsEndpointUrlPrefix(base.endsWith("/") ? base : base + "/");
        }
        return config;
    }

    /** Makes sure that Slack takes the token. */
    public void requireToken() {
        call("auth.test", methods -> methods.authTest(request -> request));
    }

    /** The id of a channel given by name or id. */
    public String channelId(String channel) {
        if (channel.matches(CHANNEL_ID)) {
            return channel;
        }
        String name = (channel.startsWith("#") ? channel.substring(1) : channel).toLowerCase(Locale.ROOT);
        String known = idsByName.get(name);
        return known != null ? known : searchChannel(name);
    }

    private String searchChannel(String name) {
        String cursor = null;
        for (int page = 0; page < MOST_CHANNEL_PAGES; page++) {
            String from = cursor;
            var answer = call(
                    "conversations.list",
                    methods -> methods.conversationsList(request -> request.limit(CHANNEL_PAGE)
                            .cursor(from)
                            .types(List.of(ConversationType.PUBLIC_CHANNEL, ConversationType.PRIVATE_CHANNEL))));
            for (Conversation each : answer.getChannels()) {
                idsByName.put(each.getName(), each.getId());
            }
            String found = idsByName.get(name);
            if (found != null) {
                return found;
            }
            cursor = next(answer.getResponseMetadata());
            if (cursor == null) {
                break;
            }
        }
        throw Failures.notFound("Slack has no channel '#" + name
                + "' that the app can see; create it, and invite the app if it is private");
    }

    /**
     * The id of a message by its key: in a thread, or among the channel's own messages. Looks at the last two days, at most
     * at the last 1,000 messages.
     */
    public Optional<String> find(String channelId, @Nullable String thread, String key, Instant now) {
        String oldest = now.minus(SEARCHED).getEpochSecond() + ".000000";
        String cursor = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            Page found =
                    thread == null ? history(channelId, oldest, cursor) : replies(channelId, thread, oldest, cursor);
            Optional<String> message = found.messages().stream()
                    .filter(each -> carries(each, key))
                    .map(Message::getTs)
                    .findFirst();
            cursor = found.next();
            if (message.isPresent() || cursor == null) {
                return message;
            }
        }
        return Optional.empty();
    }

    private Page history(String channelId, String oldest, @Nullable String cursor) {
        var answer = call(
                "conversations.history",
                methods -> methods.conversationsHistory(request -> request.channel(channelId)
                        .oldest(oldest)
                        .cursor(cursor)
                        .limit(PAGE)
                        .includeAllMetadata(true)));
        return new Page(answer.getMessages(), next(answer.getResponseMetadata()));
    }

    private Page replies(String channelId, String thread, String oldest, @Nullable String cursor) {
        var answer = call(
                "conversations.replies",
                methods -> methods.conversationsReplies(request -> request.channel(channelId)
                        .ts(thread)
                        .oldest(oldest)
                        .cursor(cursor)
                        .limit(PAGE)
                        .includeAllMetadata(true)));
        return new Page(answer.getMessages(), next(answer.getResponseMetadata()));
    }

    /** Where the next page begins, or null where there is none. */
    private static @Nullable String next(@Nullable ResponseMetadata metadata) {
        String cursor = metadata == null ? null : metadata.getNextCursor();
        return cursor == null || cursor.isEmpty() ? null : cursor;
    }

    private record Page(List<Message> messages, @Nullable String next) {}

    private static boolean carries(Message message, String key) {
        Message.Metadata metadata = message.getMetadata();
        return metadata != null
                && EVENT_TYPE.equals(metadata.getEventType())
                && metadata.getEventPayload() != null
                && key.equals(metadata.getEventPayload().get(KEY));
    }

    /** Posts a message under its key and answers its id. */
    public String post(String channelId, @Nullable String thread, SlackMessage message) {
        ChatPostMessageRequest request = ChatPostMessageRequest.builder()
                .channel(channelId)
                .threadTs(thread)
                .text(message.text())
                .blocks(message.blocks().isEmpty() ? null : message.blocks())
                .metadata(metadata(message.key()))
                .unfurlLinks(false)
                .unfurlMedia(false)
                .build();
        ChatPostMessageResponse answer = call("chat.postMessage", methods -> methods.chatPostMessage(request));
        return answer.getTs();
    }

    /** Replaces a message. */
    public String update(String channelId, String id, SlackMessage message) {
        ChatUpdateRequest request = ChatUpdateRequest.builder()
                .channel(channelId)
                .ts(id)
                .text(message.text())
                .blocks(message.blocks())
                .metadata(metadata(message.key()))
                .build();
        ChatUpdateResponse answer = call("chat.update", methods -> methods.chatUpdate(request));
        return answer.getTs();
    }

    /** Tells one person something that nobody else sees. */
    public void tell(String channelId, @Nullable String thread, String user, String text) {
        call(
                "chat.postEphemeral",
                methods -> methods.chatPostEphemeral(request ->
                        request.channel(channelId).threadTs(thread).user(user).text(text)));
    }

    /** Address of a message for people; empty if Slack does not give one, which nothing depends on. */
    public Optional<String> link(String channelId, String id) {
        try {
            return Optional.ofNullable(call(
                            "chat.getPermalink",
                            methods -> methods.chatGetPermalink(
                                    request -> request.channel(channelId).messageTs(id)))
                    .getPermalink());
        } catch (ApplicationFailure notTold) {
            return Optional.empty();
        }
    }

    private static Message.Metadata metadata(String key) {
        return Message.Metadata.builder()
                .eventType(EVENT_TYPE)
                .eventPayload(Map.of(KEY, key))
                .build();
    }

    /** Calls a method of the Web API; the one place where its failures get their names. */
    public <R extends SlackApiTextResponse> R call(String doing, Call<R> call) {
        R answer;
        try {
            answer = call.on(slack.methods(connection.botToken().reveal()));
        } catch (SlackApiException e) {
            throw SlackFailures.of(doing, e);
        } catch (IOException e) {
            throw SlackFailures.of(doing, e);
        }
        if (!answer.isOk()) {
            throw SlackFailures.of(
                    doing, Objects.requireNonNullElse(answer.getError(), "unknown_error"), details(answer));
        }
        return answer;
    }

    private static String details(SlackApiTextResponse answer) {
        Stream<String> needed =
                answer.getNeeded() == null ? Stream.of() : Stream.of("needs the scope " + answer.getNeeded());
        Stream<String> messages = answer instanceof ChatPostMessageResponse posted && posted.getErrors() != null
                ? posted.getErrors().stream()
                : Stream.of();
        return Stream.concat(needed, messages).limit(3).collect(joining("; "));
    }

    /** A call of one method. */
    public interface Call<R> {
        R on(MethodsClient methods) throws IOException, SlackApiException;
    }
}
