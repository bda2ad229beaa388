package io.longwatch.worker;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MessageOrBuilder;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.worker.config.WorkerConfig;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import io.temporal.client.WorkflowClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether this process asks the server for work: sees each poll as it leaves, and each answer that a busy worker sends
 * instead, for the place its task came from. A poll lasts a minute at most, so pollers that live are seen all the time,
 * also while the server is away.
 */
final class Polls implements ClientInterceptor {
    /** Longer than any poll and any backoff between two. */
    static final Duration SILENCE = Duration.ofMinutes(5);

    private static final int MOST_TASKS = 10_000;
    private static final String TOKEN = "task_token";

    private final Clock clock;
    private final Map<Place, Seen> seen = new ConcurrentHashMap<>();
    private final Map<ByteString, Place> tasks = Collections.synchronizedMap(new Eldest<>(MOST_TASKS));
    private final Instant begun;

    Polls(Clock clock) {
        this.clock = clock;
        this.begun = clock.instant();
    }

    /** What watches a client's polls, where something does. */
    static Optional<Polls> of(WorkflowClient client) {
        return client.getWorkflowServiceStubs().getOptions().getGrpcClientInterceptors().stream()
                .filter(Polls.class::isInstance)
                .map(Polls.class::cast)
                .findFirst();
    }

    /**
     * What is polled for.
     *
     * @param queue task queue
     * @param kind workflow or activity
     */
    record Place(String queue, String kind) {
        static Place workflows(String queue) {
            return new Place(queue, "workflow");
        }

        static Place activities(String queue) {
            return new Place(queue, "activity");
        }

        @Override
        public String toString() {
            return kind + " tasks of " + queue;
        }
    }

    private record Seen(int open, Instant last) {
        Seen begun(Instant now) {
            return new Seen(open + 1, now);
        }

        Seen ended(Instant now) {
            return new Seen(Math.max(0, open - 1), now);
        }

        Seen answered(Instant now) {
            return new Seen(open, now);
        }
    }

    /** Forgets what was put in first, once there is too much: a task that nobody ever answers for. */
    private static final class Eldest<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        private final int most;

        Eldest(int most) {
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
        }
    }

    /** Where a worker of this configuration polls. */
    static List<Place> of(WorkerConfig config) {
        List<Place> places = new ArrayList<>();
        if (config.serve().workflows()) {
            places.add(Place.workflows(ReleaseWorkflow.QUEUE));
        }
        if (config.serve().activities()) {
            new TreeSet<>(config.environments().keySet())
                    .forEach(environment -> places.add(Place.activities(ReleaseWorkflow.queueOf(environment))));
        }
        return places;
    }

    /** Whether a place was polled at all. */
    boolean begun(Place place) {
        return seen.containsKey(place);
    }

    /** How many polls of a place are under way. */
    int open(Place place) {
        Seen found = seen.get(place);
        return found == null ? 0 : found.open();
    }

    /** Whether nobody polls a place any more. */
    boolean silent(Place place) {
        Seen found = seen.get(place);
        Instant last = found == null ? begun : found.last();
        boolean polling = found != null && found.open() > 0;
        return !polling && isLongAgo(last);
    }

    private boolean isLongAgo(Instant then) {
        return then.plus(SILENCE).isBefore(clock.instant());
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        ClientCall<Q, R> call = next.newCall(method, options);
        String name = String.valueOf(method.getBareMethodName());
        if (name.startsWith("Poll")) {
            return new Poll<>(call);
        }
        return name.startsWith("Respond") || name.startsWith("Record") ? new TaskAnswer<>(call) : call;
    }

    private static @Nullable ByteString token(Object message) {
        if (!(message instanceof MessageOrBuilder known)) {
            return null;
        }
        FieldDescriptor field = known.getDescriptorForType().findFieldByName(TOKEN);
        return field == null ? null : (ByteString) known.getField(field);
    }

    private static @Nullable Place place(Object request) {
        if (request instanceof PollWorkflowTaskQueueRequest poll) {
            return Place.workflows(nameOf(poll.getTaskQueue()));
        }
        return request instanceof PollActivityTaskQueueRequest poll
                ? Place.activities(nameOf(poll.getTaskQueue()))
                : null;
    }

    /** A sticky queue belongs to the queue it was split from. */
    private static String nameOf(TaskQueue queue) {
        return queue.getNormalName().isEmpty() ? queue.getName() : queue.getNormalName();
    }

    private final class Poll<Q, R> extends SimpleForwardingClientCall<Q, R> {
        private volatile @Nullable Place place;

        Poll(ClientCall<Q, R> call) {
            super(call);
        }

        @Override
        public void start(Listener<R> listener, Metadata headers) {
            super.start(
                    new SimpleForwardingClientCallListener<R>(listener) {
                        @Override
                        public void onMessage(R answer) {
                            ByteString token = token(answer);
                            Place from = place;
                            if (from != null && token != null && !token.isEmpty()) {
                                tasks.put(token, from);
                            }
                            super.onMessage(answer);
                        }

                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            Place ended = place;
                            if (ended != null) {
                                seen.computeIfPresent(ended, (key, found) -> found.ended(clock.instant()));
                            }
                            super.onClose(status, trailers);
                        }
                    },
                    headers);
        }

        @Override
        public void sendMessage(Q message) {
            Place begun = place(message);
            place = begun;
            if (begun != null) {
                seen.merge(begun, new Seen(1, clock.instant()), (found, first) -> found.begun(clock.instant()));
            }
            super.sendMessage(message);
        }
    }

    private final class TaskAnswer<Q, R> extends SimpleForwardingClientCall<Q, R> {
        TaskAnswer(ClientCall<Q, R> call) {
            super(call);
        }

        @Override
        public void sendMessage(Q message) {
            ByteString token = token(message);
            Place from = token == null ? null : tasks.get(token);
            if (from != null) {
                seen.computeIfPresent(from, (key, found) -> found.answered(clock.instant()));
            }
            super.sendMessage(message);
        }
    }
}
