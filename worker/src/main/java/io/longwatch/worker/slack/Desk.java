package io.longwatch.worker.slack;

import com.slack.api.model.view.ViewState;
import io.longwatch.activities.decision.KeyedProof;
import io.longwatch.activities.slack.SlackApi;
import io.longwatch.decision.Decision;
import io.longwatch.worker.config.WorkerConfig;
import io.temporal.client.WorkflowClient;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes decisions of what is pressed, sends them to their releases, and tells the person what they would not see. A press
 * was acknowledged when it comes here, so that nobody sends it again: a desk that closes delivers what it took.
 */
final class Desk implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Desk.class);
    private static final Duration PATIENCE = Duration.ofMillis(2500);
    private static final Duration AFTER_SIGNAL = Duration.ofSeconds(30);
    private static final Duration TO_DELIVER = Duration.ofSeconds(4);
    private static final Duration TO_SIGNAL = Duration.ofSeconds(2);

    private final SlackApi slack;
    private final @Nullable KeyedProof proof;
    private final Courier courier;
    private final Clock clock;
    private final Duration toDeliver;
    private final ExecutorService deliveries = Threads.named("longwatch-slack");

    /**
     * A desk.
     *
     * @param toDeliver how long deliveries under way may take when it closes; what is left then goes out as a signal
     */
    Desk(SlackApi slack, @Nullable KeyedProof proof, Courier courier, Clock clock, Duration toDeliver) {
        this.slack = slack;
        this.proof = proof;
        this.courier = courier;
        this.clock = clock;
        this.toDeliver = toDeliver;
    }

    static Desk of(WorkerConfig config, SlackApi slack, WorkflowClient client, Clock clock) {
        Courier courier = new Courier(client, PATIENCE, AFTER_SIGNAL);
        return new Desk(slack, config.checks().keyed(), courier, clock, TO_DELIVER);
    }

    /**
     * Takes a press: decides, or opens the dialog that its verb needs.
     *
     * @param act by what Slack tells this press from others
     * @param trigger what allows a dialog, for some seconds
     * @throws java.util.concurrent.RejectedExecutionException if it is closed; the press must not be acknowledged then
     */
    void pressed(Press press, String act, String trigger) {
        later(press, () -> {
            var dialog = Dialog.of(press.answer().verb());
            if (dialog.isPresent()) {
                slack.call(
                        "views.open",
                        methods -> methods.viewsOpen(request ->
                                request.triggerId(trigger).view(dialog.get().view(press))));
            } else {
                decide(press, act, null);
            }
        });
    }

    /**
     * Takes a dialog that was sent.
     *
     * @param act by what Slack tells this dialog from others
     * @throws java.util.concurrent.RejectedExecutionException if it is closed; the dialog must not be acknowledged then
     */
    void explained(Press press, String act, ViewState state) {
        later(
                press,
                () -> decide(
                        press,
                        act,
                        Dialog.of(press.answer().verb())
                                .map(dialog -> dialog.words(state))
                                .orElse(null)));
    }

    private void decide(Press press, String act, Press.@Nullable Words words) {
        Decision bare = press.decision(clock.instant(), act, words);
        Reply reply = courier.deliver(press.answer().workflowId(), proof == null ? bare : proof.prove(bare));
        LOGGER.atInfo()
                .addKeyValue("release", bare.release())
                .addKeyValue("subject", bare.subject())
                .addKeyValue("verb", bare.verb().word())
                .addKeyValue("decision", bare.id())
                .addKeyValue("outcome", reply.kind())
                .log("decision from Slack");
        if (reply.kind() != Reply.Kind.ACCEPTED) {
            tell(press, said(press, reply));
        }
    }

    private static String said(Press press, Reply reply) {
        String verb = "Your " + press.answer().verb().word();
        return switch (reply.kind()) {
            case REFUSED -> verb + " does not count: " + reply.words();
            case LOST -> verb + " did not arrive: " + reply.words();
            default -> verb + " was received: " + reply.words();
        };
    }

    private void later(Press press, Runnable task) {
        deliveries.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                failed(press, e);
            }
        });
    }

    private void failed(Press press, RuntimeException e) {
        String why = e instanceof ApplicationFailure named
                ? named.getOriginalMessage() + "; press again"
                : "the worker failed; its log says why";
        LOGGER.atError()
                .addKeyValue("release", press.answer().release())
                .addKeyValue("verb", press.answer().verb().word())
                .addKeyValue("exception", e.getClass().getName())
                .addKeyValue("why", why)
                .log("an answer from Slack could not be dealt with");
        tell(press, "Your " + press.answer().verb().word() + " was not sent: " + why);
    }

    private void tell(Press press, String words) {
        try {
            slack.tell(press.channel(), press.thread(), press.user(), words);
        } catch (ApplicationFailure e) {
            LOGGER.atWarn()
                    .addKeyValue("release", press.answer().release())
                    .addKeyValue("user", press.user())
                    .addKeyValue("words", words)
                    .addKeyValue("why", e.getOriginalMessage())
                    .log("a person in Slack could not be told");
        }
    }

    @Override
    public void close() {
        deliveries.shutdown();
        if (!delivered(toDeliver)) {
            deliveries.shutdownNow();
            if (!delivered(TO_SIGNAL)) {
                LOGGER.atError().log("the worker stops with presses from Slack that did not reach their release");
            }
        }
        courier.close();
    }

    private boolean delivered(Duration within) {
        try {
            return deliveries.awaitTermination(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
