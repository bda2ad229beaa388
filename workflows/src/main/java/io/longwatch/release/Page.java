package io.longwatch.release;

import io.longwatch.text.Bounded;
import io.temporal.common.SearchAttributeKey;
import io.temporal.workflow.Workflow;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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
    private @Nullable String shownPhase;
    private @Nullable ReleaseState shownState;
    private @Nullable OffsetDateTime shownDeadline;

    /**
     * The page of a release.
     *
     * @param thread where people are told, once that is known
     */
    Page(Journal journal, Supplier<@Nullable String> thread) {
        this.journal = journal;
        this.thread = thread;
    }

    /** Shows the release as it is now. Search attributes are written only when they change. */
    void refresh() {
        ReleaseRecord record = journal.record();
        Workflow.setCurrentDetails(Bounded.cut(new Story(record, thread.get()).markdown(), MOST));
        if (journal.request().searchAttributes()) {
            index(record);
        }
    }

    private void index(ReleaseRecord record) {
        String phase = phase(record);
        OffsetDateTime deadline = deadline(record);
        if (Objects.equals(phase, shownPhase)
                && record.state() == shownState
                && Objects.equals(deadline, shownDeadline)) {
            return;
        }
        if (shownState == null) {
            Workflow.upsertTypedSearchAttributes(
                    SERVICE.valueSet(record.service()), ENVIRONMENT.valueSet(record.environment()));
        }
        Workflow.upsertTypedSearchAttributes(
                PHASE.valueSet(phase), STATUS.valueSet(record.state().name()));
        if (deadline != null && !deadline.equals(shownDeadline)) {
            Workflow.upsertTypedSearchAttributes(SOAK_DEADLINE.valueSet(deadline));
        }
        shownPhase = phase;
        shownState = record.state();
        shownDeadline = deadline;
    }

    private static String phase(ReleaseRecord record) {
        List<PhaseRecord> phases = record.rollback().isEmpty() ? record.phases() : record.rollback();
        return phases.stream()
                .filter(phase -> phase.state() == StepState.RUNNING)
                .map(PhaseRecord::id)
                .findFirst()
                .orElseGet(() -> record.state() == ReleaseState.SOAKING ? "soak" : "none");
    }

    private static @Nullable OffsetDateTime deadline(ReleaseRecord record) {
        return record.soak().stream()
                .filter(window -> window.endsAt() != null && window.verdict() == null)
                .map(window -> Objects.requireNonNull(window.endsAt()).atOffset(ZoneOffset.UTC))
                .findFirst()
                .orElse(null);
    }
}
