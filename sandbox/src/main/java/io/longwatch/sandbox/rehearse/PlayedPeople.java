package io.longwatch.sandbox.rehearse;

import io.longwatch.announce.Announcement;
import io.longwatch.decision.Decision;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowUpdateException;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plays the people of a plan: answers each question as the scenario says, yes where it says nothing. Questions that only
 * arise when something went wrong (a failed step, an unclear window) are left to their deadline unless it does. One that
 * is asked again and again, since its silence means hold, would be asked for ever: the rehearsal then ends there.
 */
final class PlayedPeople {
    /** Asked, and asked again twice: nothing else will come of it. */
    private static final int MOST_ASKINGS = 3;

    private static final Set<Verb> REASONED = Set.of(Verb.WAIVE, Verb.SKIP);

    private final WorkflowClient client;
    private final String release;
    private final Scenario scenario;
    private final Clock clock;
    private final Map<String, Set<String>> left = new HashMap<>();
    private int decisions;
    private volatile @Nullable ReleaseRecord open;

    PlayedPeople(WorkflowClient client, String release, Scenario scenario, Clock clock) {
        this.client = client;
        this.release = release;
        this.scenario = scenario;
        this.clock = clock;
    }

    /** Hears what the release tells; answers a question before the activity that told it ends, while time stands. */
    void hear(String type, @Nullable Announcement announcement) {
        if (announcement != null && announcement.question() != null) {
            Question question = announcement.question();
            answer(question)
                    .ifPresentOrElse(
                            reply -> say(announcement.workflowId(), question, reply),
                            () -> leave(announcement, question));
        }
    }

    /** The release as it stood when the rehearsal was ended, since a question stayed open; empty if none did. */
    Optional<ReleaseRecord> leftOpen() {
        return Optional.ofNullable(open);
    }

    /**
     * A question that is told again under its old key is still the same asking of it. The record is taken while the
     * release runs: one that was ended between two of its tasks cannot always be replayed to where it stood.
     */
    private synchronized void leave(Announcement announcement, Question question) {
        Set<String> askings = left.computeIfAbsent(question.subject(), subject -> new HashSet<>());
        if (askings.add(announcement.key()) && askings.size() == MOST_ASKINGS) {
            open = client.newWorkflowStub(ReleaseWorkflow.class, announcement.workflowId())
                    .record();
            client.newUntypedWorkflowStub(announcement.workflowId())
                    .terminate("nobody answers '" + question.subject() + "'");
        }
    }

    private Optional<Scenario.Reply> answer(Question question) {
        Optional<Scenario.Reply> scripted = scenario.answers().stream()
                .filter(reply -> reply.subject().equals(question.subject()))
                .findFirst();
        if (scripted.isPresent()) {
            return scripted.filter(reply -> reply.verb() != null);
        }
        Verb yes = question.verbs().get(0);
        return switch (question.kind()) {
            case GATE, ITEM, CONFIRMATION, SIGN_OFF -> Optional.of(new Scenario.Reply(question.subject(), yes, null));
            default -> Optional.empty();
        };
    }

    private void say(String workflowId, Question question, Scenario.Reply reply) {
        ReleaseWorkflow workflow = client.newWorkflowStub(ReleaseWorkflow.class, workflowId);
        for (String role : question.roles()) {
            decisions++;
            try {
                workflow.decide(decision(question, reply, role));
            } catch (WorkflowUpdateException settledAlready) {
                return;
            }
        }
    }

    private Decision decision(Question question, Scenario.Reply reply, String role) {
        Verb verb = Objects.requireNonNull(reply.verb());
        return new Decision(
                release + "/" + question.subject() + "/" + decisions,
                release,
                question.subject(),
                question.digest(),
                verb,
                "played " + role,
                "rehearsal",
                clock.instant(),
                reply.reason() == null && REASONED.contains(verb) ? "rehearsed" : reply.reason(),
                verb == Verb.ATTEST ? "rehearsed" : null,
                null,
                null);
    }
}
