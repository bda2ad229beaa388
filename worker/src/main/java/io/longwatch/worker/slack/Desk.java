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
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes decisions of what is pressed, sends them to their releases, and tells the person what they would not see. */
final class Desk implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Desk.class);
    private static final Duration PATIENCE = Duration.ofMillis(2500);
    private static final Duration AFTER_SIGNAL = Duration.ofSeconds(30);

    private final SlackApi slack;
    private final @Nullable KeyedProof proof;
    private final Courier courier;
    private final Clock clock;
    private final ExecutorService threads;

    private Desk(
            SlackApi slack, @Nullable KeyedProof proof, WorkflowClient client, Clock clock, ExecutorService threads) {
        this.slack = slack;
        this.proof = proof;
        this.courier = new Courier(client, threads, PATIENCE, AFTER_SIGNAL);
        this.clock = clock;
        this.threads = threads;
    }

    static Desk of(WorkerConfig config, SlackApi slack, WorkflowClient client, Clock clock) {
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "longwatch-slack");
            thread.setDaemon(true);
            return thread;
        });
        return new Desk(slack, config.checks().keyed(), client, clock, threads);
    }

    /** Takes a press: decides, or opens the dialog that its verb needs. */
    void pressed(Press press, String trigger) {
        later(press, () -> {
            var dialog = Dialog.of(press.answer().verb());
            if (dialog.isPresent()) {
                slack.call(
                        "views.open",
                        methods -> methods.viewsOpen(request ->
                                request.triggerId(trigger).view(dialog.get().view(press))));
            } else {
                decide(press, null);
            }
        });
    }

    /** Takes a dialog that was sent. */
    void explained(Press press, ViewState state) {
        later(
                press,
                () -> decide(
                        press,
                        Dialog.of(press.answer().verb())
                                .map(dialog -> dialog.words(state))
                                .orElse(null)));
    }

    private void decide(Press press, Press.@Nullable Words words) throws InterruptedException {
        Decision bare = press.decision(clock.instant(), words);
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

    private void tell(Press press, String words) {
        slack.tell(press.channel(), press.thread(), press.user(), words);
    }

    private void later(Press press, Task task) {
        threads.execute(() -> {
            try {
                task.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ApplicationFailure e) {
                LOGGER.atWarn()
                        .addKeyValue("release", press.answer().release())
                        .addKeyValue("verb", press.answer().verb().word())
                        .log(e.getOriginalMessage());
            } catch (RuntimeException e) {
                LOGGER.atError()
                        .addKeyValue("release", press.answer().release())
                        .addKeyValue("verb", press.answer().verb().word())
                        .addKeyValue("exception", e.getClass().getName())
                        .log("an answer from Slack could not be dealt with");
                tell(
                        press,
                        "Your " + press.answer().verb().word() + " was not sent: the worker failed; its log says why");
            }
        });
    }

    private interface Task {
        void run() throws InterruptedException;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
