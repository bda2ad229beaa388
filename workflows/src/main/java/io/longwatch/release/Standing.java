package io.longwatch.release;

import static java.util.stream.Collectors.joining;

import io.longwatch.decision.Question;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a release stands and why: its course, unless something holds it or it waits for people. */
final class Standing {
    private final Map<String, Question> questions = new LinkedHashMap<>();
    private final Set<String> awaited = new LinkedHashSet<>();
    private final Map<String, String> holds = new LinkedHashMap<>();
    private ReleaseState course;
    private @Nullable String reason;

    Standing(ReleaseState course, @Nullable String reason) {
        this.course = course;
        this.reason = reason;
    }

    ReleaseState course() {
        return course;
    }

    /** Changes the course; the reason stands until the next change. */
    void enter(ReleaseState next, @Nullable String why) {
        course = next;
        reason = why;
    }

    ReleaseState state() {
        if (course.ended()) {
            return course;
        }
        if (!awaited.isEmpty()) {
            return ReleaseState.AWAITING_DECISION;
        }
        return isHeld() ? ReleaseState.HELD : course;
    }

    /** Whether something keeps it from going on; nothing keeps it from rolling back. */
    private boolean isHeld() {
        return !holds.isEmpty() && course != ReleaseState.ROLLING_BACK;
    }

    @Nullable
    String reason() {
        if (course.ended()) {
            return reason;
        }
        if (!awaited.isEmpty()) {
            return questions.values().stream()
                    .filter(question -> awaited.contains(question.subject()))
                    .map(Question::title)
                    .collect(joining("; "));
        }
        return isHeld() ? String.join("; ", holds.values()) : reason;
    }

    /** Holds for a cause of the given name. */
    void hold(String cause, String why) {
        holds.put(cause, why);
    }

    /** Ends a hold; whether there was one. */
    boolean unhold(String cause) {
        return holds.remove(cause) != null;
    }

    boolean held() {
        return !holds.isEmpty();
    }

    /** In which words a cause holds it, or null if it does not. */
    @Nullable
    String heldFor(String cause) {
        return holds.get(cause);
    }

    /** Notes an open question, and whether the release awaits its answer. */
    void asked(Question question, boolean awaits) {
        questions.put(question.subject(), question);
        if (awaits) {
            awaited.add(question.subject());
        }
    }

    /** Notes what has become of an open question so far. */
    void answered(Question question) {
        questions.put(question.subject(), question);
    }

    void settled(String subject) {
        questions.remove(subject);
        awaited.remove(subject);
    }

    List<Question> questions() {
        return List.copyOf(questions.values());
    }
}
