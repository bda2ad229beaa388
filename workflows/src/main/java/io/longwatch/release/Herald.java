package io.longwatch.release;

import io.longwatch.announce.AnnounceActivities;
import io.longwatch.announce.Announcement;
import io.longwatch.announce.Posted;
import io.longwatch.contract.StepRef;
import io.longwatch.decision.Question;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Async;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells people in the release's channel. Never holds a release up for long, never fails it. */
final class Herald {
    private static final Duration GIVE_UP = Duration.ofMinutes(2);

    private final Journal journal;
    private final StepRef ref;
    private final String workflowId;
    private final List<Promise<@Nullable Posted>> underWay = new ArrayList<>();
    private @Nullable Promise<@Nullable Posted> thread;

    Herald(Journal journal, StepRef ref, String workflowId) {
        this.journal = journal;
        this.ref = ref;
        this.workflowId = workflowId;
    }

    /** The way to people, with what is told as the history shows it. */
    private AnnounceActivities channel(String told) {
        return Workflow.newActivityStub(
                AnnounceActivities.class,
                ActivityOptions.newBuilder()
                        .setTaskQueue(ReleaseWorkflow.queueOf(ref.environment()))
                        .setStartToCloseTimeout(Duration.ofSeconds(30))
                        .setScheduleToCloseTimeout(GIVE_UP)
                        .setSummary(Text.cut(told, 200))
                        .build());
    }

    /** Where people are told, as an address they can open; null while it is not known, or where nobody is told. */
    @Nullable
    String threadLink() {
        Posted posted = thread == null || !thread.isCompleted() ? null : thread.get();
        return posted == null ? null : posted.link();
    }

    /** Begins the release's thread. */
    void begin(List<String> lines) {
        if (journal.plan().channel() != null) {
            thread = tell(announcement(
                    "release", null, journal.plan().title(), lines, Announcement.Tone.NEUTRAL, null, null));
        }
    }

    /** Goes on in the thread of an earlier run. */
    void goOn(@Nullable Posted where) {
        if (journal.plan().channel() != null) {
            thread = Workflow.newPromise(where);
        }
    }

    /** Where people are told, or null. */
    @Nullable
    Posted thread() {
        return thread == null ? null : thread.get();
    }

    /** Posts a question's card; what is returned settles it. */
    Card ask(Question question, String key) {
        return thread == null ? outcome -> {} : new PostedCard(question, key);
    }

    /** Says one thing in the thread. */
    void say(String key, String title, List<String> lines, Announcement.Tone tone) {
        if (thread != null) {
            tell(announcement(key, thread.get(), title, lines, tone, null, null));
        }
    }

    /** Waits for what is still being told. */
    void finish() {
        while (!underWay.isEmpty()) {
            List<Promise<@Nullable Posted>> told = List.copyOf(underWay);
            Promise.allOf(told).get();
            underWay.removeAll(told);
        }
    }

    private Announcement announcement(
            String key,
            @Nullable Posted in,
            String title,
            List<String> lines,
            Announcement.Tone tone,
            @Nullable Question question,
            @Nullable String settled) {
        String name = String.valueOf(journal.plan().channel());
        return new Announcement(key, name, in, title, lines, tone, question, workflowId, settled);
    }

    private Promise<@Nullable Posted> tell(Announcement announcement) {
        return background(
                () -> channel("tell: " + announcement.title()).post(ref.at(announcement.key()), announcement));
    }

    private Promise<@Nullable Posted> background(Functions.Func<@Nullable Posted> call) {
        CompletablePromise<@Nullable Posted> done = Workflow.newPromise();
        Workflow.newDetachedCancellationScope(() -> Async.function(call).handle((posted, failure) -> {
                    if (failure != null) {
                        journal.note("could not tell people: " + Text.problem(failure));
                    }
                    done.complete(posted);
                    return posted;
                }))
                .run();
        underWay.add(done);
        return done;
    }

    /** A question's card in the thread. */
    interface Card {
        /** Shows how the question ended. */
        void settle(String outcome);
    }

    private final class PostedCard implements Card {
        private final Question question;
        private final String key;
        private final Promise<@Nullable Posted> posted;

        PostedCard(Question question, String key) {
            this.question = question;
            this.key = key;
            this.posted =
                    background(() -> channel("ask: " + question.title()).post(ref.at(question.subject()), card(null)));
        }

        private Announcement card(@Nullable String outcome) {
            Posted in = thread == null ? null : thread.get();
            Announcement.Tone tone = outcome == null ? Announcement.Tone.ATTENTION : Announcement.Tone.NEUTRAL;
            return announcement(key, in, question.title(), question.details(), tone, question, outcome);
        }

        @Override
        public void settle(String outcome) {
            background(() -> {
                Posted where = posted.get();
                return where == null
                        ? null
                        : channel(outcome + ": " + question.title())
                                .update(ref.at(question.subject()), where, card(outcome));
            });
        }
    }
}
