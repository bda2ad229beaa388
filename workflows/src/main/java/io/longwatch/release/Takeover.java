package io.longwatch.release;

import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Takes over the ways back of the release whose place this one takes, so that its own lead past what that one left. */
final class Takeover {
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);
    private static final int MOST_ATTEMPTS = 10;

    private final Course course;

    Takeover(Course course) {
        this.course = course;
    }

    /** Reads what the former release left, if this one takes a place; a failure to do so is noted and told at gates. */
    void run() {
        ReleaseRequest request = course.journal().request();
        String former = request.supersedes();
        String run = request.supersededRun();
        if (former == null || run == null || request.carried() != null) {
            return;
        }
        SuccessionActivities activities = Workflow.newLocalActivityStub(
                SuccessionActivities.class,
                LocalActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofSeconds(20))
                        .setRetryOptions(RetryOptions.newBuilder()
                                .setMaximumInterval(LONGEST_BACKOFF)
                                .setMaximumAttempts(MOST_ATTEMPTS)
                                .build())
                        .setSummary("ways back of " + former)
                        .build());
        try {
            FormerRelease left = activities.leaves(request.workflowId(), run, former);
            course.effects().inheritance().takeUp(left.waysBack());
            course.journal().note(former + " ended " + left.state() + " and left " + said(left.waysBack()));
        } catch (ActivityFailure e) {
            if (e.getCause() instanceof CanceledFailure canceled) {
                throw canceled;
            }
            course.journal()
                    .note("what " + former + " left cannot be read, its ways back stand in its report: "
                            + Text.problem(e));
        }
    }

    private static String said(List<WayBack> ways) {
        return ways.isEmpty()
                ? "no way back"
                : "the way back of: " + ways.stream().map(WayBack::title).collect(Collectors.joining(", "));
    }
}
