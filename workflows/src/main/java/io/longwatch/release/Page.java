package io.longwatch.release;

import io.longwatch.text.Bounded;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributeUpdate;
import io.temporal.workflow.Workflow;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the Temporal UI shows of a release: current details in Markdown, and search attributes to filter by. */
final class Page {
    static final SearchAttributeKey<String> SERVICE = SearchAttributeKey.forKeyword("ReleaseService");
    static final SearchAttributeKey<String> ENVIRONMENT = SearchAttributeKey.forKeyword("ReleaseEnv");
    static final SearchAttributeKey<String> PHASE = SearchAttributeKey.forKeyword("ReleasePhase");
    static final SearchAttributeKey<String> STATUS = SearchAttributeKey.forKeyword("ReleaseStatus");
    static final SearchAttributeKey<OffsetDateTime> SOAK_DEADLINE =
            SearchAttributeKey.forOffsetDateTime("SoakDeadline");

    private static final int MOST = 3800;

    private final Journal journal;
    private final Supplier<@Nullable String> thread;
    private final Edition edition;
    private @Nullable Indexed shown;

    /**
     * The page of a release.
     *
     * @param thread where people are told, once that is known
     */
    Page(Journal journal, Supplier<@Nullable String> thread, Edition edition) {
        this.journal = journal;
        this.thread = thread;
        this.edition = edition;
    }

    /** Shows the release as it is now. Search attributes are written only when they change. */
    void refresh() {
        ReleaseRecord record = draw();
        if (journal.request().searchAttributes()) {
            index(record);
        }
    }

    /** Shows how the release stands, and leaves search attributes as they are: nothing of it is in the history. */
    ReleaseRecord draw() {
        ReleaseRecord record = journal.record();
        Workflow.setCurrentDetails(Bounded.cut(new Story(record, journal.plan(), thread.get()).markdown(), MOST));
        return record;
    }

    private void index(ReleaseRecord record) {
        Indexed now = new Indexed(phase(record), status(record), deadline(record));
        if (now.equals(shown)) {
            return;
        }
        if (shown == null) {
            Workflow.upsertTypedSearchAttributes(
                    SERVICE.valueSet(record.service()), ENVIRONMENT.valueSet(record.environment()));
        }
        OffsetDateTime former = shown == null ? null : shown.deadline();
        List<SearchAttributeUpdate<?>> updates = new ArrayList<>();
        updates.add(PHASE.valueSet(now.phase()));
        updates.add(now.status() == null ? STATUS.valueUnset() : STATUS.valueSet(now.status()));
        if (edition.leavesTheIndex() && former != null && now.deadline() == null) {
            updates.add(SOAK_DEADLINE.valueUnset());
        }
        Workflow.upsertTypedSearchAttributes(updates.toArray(new SearchAttributeUpdate<?>[0]));
        if (now.deadline() != null && !now.deadline().equals(former)) {
            Workflow.upsertTypedSearchAttributes(SOAK_DEADLINE.valueSet(now.deadline()));
        }
        shown = now;
    }

    /** None where the release has gone on elsewhere, which has a status of its own: each is found once. */
    private @Nullable String status(ReleaseRecord record) {
        boolean elsewhere = record.continuedIn() != null && edition.leavesTheIndex();
        return elsewhere ? null : record.state().name();
    }

    private static String phase(ReleaseRecord record) {
        List<PhaseRecord> phases = record.rollback().isEmpty() ? record.phases() : record.rollback();
        return phases.stream()
                .filter(phase -> phase.state() == StepState.RUNNING)
                .map(PhaseRecord::id)
                .findFirst()
                .orElseGet(() -> record.state() == ReleaseState.SOAKING ? "soak" : "none");
    }

    /** The end of the window that is open, of the last one while people are asked about it and until the release leaves. */
    private @Nullable OffsetDateTime deadline(ReleaseRecord record) {
        OffsetDateTime open = record.soak().stream()
                .filter(window -> window.endsAt() != null && window.verdict() == null)
                .map(window -> Objects.requireNonNull(window.endsAt()).atOffset(ZoneOffset.UTC))
                .findFirst()
                .orElse(null);
        if (!edition.leavesTheIndex()) {
            return open;
        }
        if (left(record)) {
            return null;
        }
        return open == null && shown != null ? shown.deadline() : open;
    }

    private static boolean left(ReleaseRecord record) {
        return record.state().ended()
                || record.continuedIn() != null
                || !record.rollback().isEmpty();
    }

    /** What can be filtered by. */
    private record Indexed(
            String phase, @Nullable String status, @Nullable OffsetDateTime deadline) {}
}
