package io.longwatch.release;

import io.longwatch.announce.AnnounceActivities;
import io.longwatch.announce.Announcement;
import io.longwatch.announce.Posted;
import io.longwatch.contract.StepRef;
import io.longwatch.decision.Question;
import io.longwatch.text.Bounded;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Tells people in the release's channel. Never holds a release up for long, never fails it. */
final class Announcer {
    private static final Duration GIVE_UP = Duration.ofMinutes(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final Journal journal;
    private final StepRef ref;
    private final String workflowId;
    private final Edition edition;
    private final List<Promise<@Nullable Posted>> underWay = new ArrayList<>();
    private @Nullable Promise<@Nullable Posted> thread;

    Announcer(Journal journal, StepRef ref, String workflowId, Edition edition) {
        this.journal = journal;
        this.ref = ref;
        this.workflowId = workflowId;
        this.edition = edition;
    }

    /** The way to people, given up soon, with what is told as the history shows it. */
    private AnnounceActivities channel(String told) {
        return Workflow.newActivityStub(
                AnnounceActivities.class,
                options(told).setScheduleToCloseTimeout(GIVE_UP).build());
    }

    /** The way to people, tried for as long as it takes: one call in the history, however often it fails. */
    private AnnounceActivities patientChannel(String told) {
        return Workflow.newActivityStub(
                AnnounceActivities.class,
                options(told)
                        .setRetryOptions(RetryOptions.newBuilder()
                                .setInitialInterval(GIVE_UP)
                                .setMaximumInterval(LONGEST_PAUSE)
                                .build())
                        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                        .build());
    }

    private ActivityOptions.Builder options(String told) {
        return ActivityOptions.newBuilder()
                .setTaskQueue(ReleaseWorkflow.queueOf(ref.environment()))
                .setStartToCloseTimeout(Duration.ofSeconds(30))
                .setSummary(Bounded.cut(told, 200));
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
                    "release", null, journal.plan().title(), lines, Announcement.Tone.NEUTRAL, null, null, List.of()));
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
        return thread == null ? new NoCard() : new PostedCard(question, key);
    }

    /** Says one thing in the thread. */
    void say(String key, String title, List<String> lines, Announcement.Tone tone) {
        call(key, title, lines, tone, List.of());
    }

    /** Says one thing in the thread, and calls the people of roles by name; with the plan's contacts of theirs. */
    void call(String key, String title, List<String> lines, Announcement.Tone tone, List<String> roles) {
        if (thread != null) {
            tell(calling(key, title, lines, tone, roles));
        }
    }

    private Announcement calling(
            String key, String title, List<String> lines, Announcement.Tone tone, List<String> roles) {
        List<String> all = new ArrayList<>(lines);
        journal.plan().contactsOf(roles).forEach(contact -> all.add("Contact: " + contact));
        return announcement(key, thread(), title, all, tone, null, null, roles);
    }

    /**
     * The same, tried until it is told or what is returned is cancelled: what is told may be that no worker runs, and it
     * is a worker that tells.
     */
    CancellationScope insist(String key, String title, List<String> lines, Announcement.Tone tone, List<String> roles) {
        CancellationScope trying = Workflow.newDetachedCancellationScope(() -> {
            if (thread != null) {
                Announcement all = calling(key, title, lines, tone, roles);
                underWay.add(
                        Async.function(() -> patientChannel("tell: " + title).post(ref.at(key), all))
                                .handle((posted, failure) -> posted));
            }
        });
        trying.run();
        return trying;
    }

    /** Waits for what is still being told, but not for what is told until its question is settled. */
    void finish() {
        if (edition.leavesLateMessages()) {
            Workflow.await(() -> underWay.stream().allMatch(Promise::isCompleted));
            underWay.clear();
            return;
        }
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
            @Nullable String settled,
            List<String> calls) {
        String name = String.valueOf(journal.plan().channel());
        return new Announcement(key, name, in, title, lines, tone, question, workflowId, settled, calls);
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
        /** Shows who has answered so far. */
        void answered(Question so);

        /** Shows how the question ended. */
        void settle(String outcome);
    }

    /** Where nobody is told. */
    private static final class NoCard implements Card {
        @Override
        public void answered(Question so) {}

        @Override
        public void settle(String outcome) {}
    }

    private final class PostedCard implements Card {
        private final String key;
        private final Promise<@Nullable Posted> posted;
        private Promise<@Nullable Posted> shown;
        private Question question;
        private @Nullable CancellationScope patience;
        private boolean settled;

        PostedCard(Question question, String key) {
            this.question = question;
            this.key = key;
            this.posted = background(this::post);
            this.shown = posted;
        }

        private @Nullable Posted post() {
            try {
                return channel("ask: " + question.title()).post(ref.at(question.subject()), card(null));
            } catch (ActivityFailure e) {
                if (!edition.tellsAgain() || settled) {
                    throw e;
                }
                journal.note("nobody has been told of '" + question.title() + "' so far: " + Text.problem(e)
                        + "; it is tried again until it is settled");
                return postUntilSettled();
            }
        }

        /** Null when the question was settled first. */
        private @Nullable Posted postUntilSettled() {
            AtomicReference<@Nullable Posted> late = new AtomicReference<>();
            if (edition.leavesLateMessages()) {
                underWay.remove(posted);
            }
            CancellationScope trying = Workflow.newCancellationScope(() -> late.set(
                    patientChannel("ask, late: " + question.title()).post(ref.at(question.subject()), card(null))));
            patience = trying;
            try {
                trying.run();
            } catch (ActivityFailure e) {
                if (!(e.getCause() instanceof CanceledFailure)) {
                    throw e;
                }
            } catch (CanceledFailure settledBeforeItBegan) {
                return null;
            }
            return late.get();
        }

        private Announcement card(@Nullable String outcome) {
            Posted in = thread == null ? null : thread.get();
            Announcement.Tone tone = outcome == null ? Announcement.Tone.ATTENTION : Announcement.Tone.NEUTRAL;
            return announcement(key, in, question.title(), question.details(), tone, question, outcome, List.of());
        }

        @Override
        public void answered(Question so) {
            question = so;
            if (edition.tellsAgain()) {
                replace("answered so far by " + String.join(", ", so.answeredBy()), null);
            }
        }

        @Override
        public void settle(String outcome) {
            settled = true;
            if (patience != null) {
                patience.cancel("the question is settled");
            }
            replace(outcome, outcome);
        }

        /** One after another: what came last stands there. */
        private void replace(String told, @Nullable String outcome) {
            Promise<@Nullable Posted> former = shown;
            shown = background(() -> {
                former.get();
                Posted where = posted.get();
                boolean overtaken = outcome == null && settled;
                return where == null || overtaken
                        ? null
                        : channel(told + ": " + question.title())
                                .update(ref.at(question.subject()), where, card(outcome));
            });
        }
    }
}
