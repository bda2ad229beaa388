package io.longwatch.release;

import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.temporal.common.SearchAttributeKey;
import io.temporal.workflow.Workflow;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
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
    private @Nullable String shownPhase;
    private @Nullable ReleaseState shownState;
    private @Nullable OffsetDateTime shownDeadline;

    Page(Journal journal) {
        this.journal = journal;
    }

    /** Shows the release as it is now. Search attributes are written only when they change. */
    void refresh() {
        ReleaseRecord record = journal.record();
        Workflow.setCurrentDetails(Text.cut(details(record), MOST));
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

    private static String details(ReleaseRecord record) {
        StringBuilder page = new StringBuilder();
        page.append("## ")
                .append(record.title())
                .append(": ")
                .append(record.state())
                .append("\n\n");
        if (record.reason() != null) {
            page.append(record.reason()).append("\n\n");
        }
        page.append("Release `")
                .append(record.release())
                .append("`, asked for by ")
                .append(record.requester());
        page.append(", T = ").append(record.deployAt()).append("\n\n");
        if (record.continuedIn() != null) {
            page.append("Only attestations remain; they go on in `")
                    .append(record.continuedIn())
                    .append("`\n\n");
        }
        record.questions().forEach(question -> page.append(question(record, question)));
        page.append("| phase | begins | state | steps |\n|---|---|---|---|\n");
        record.phases().forEach(phase -> page.append(row(phase)));
        record.rollback().forEach(phase -> page.append(row(phase)));
        if (!record.soak().isEmpty()) {
            page.append("\n| soak window | ends | verdict | seen |\n|---|---|---|---|\n");
            record.soak().forEach(window -> page.append(row(window)));
        }
        if (!record.effects().isEmpty() && record.state().ended()) {
            page.append("\nEffects: ")
                    .append(record.effects().stream()
                            .map(effect -> effect.step() + " " + effect.state())
                            .collect(Collectors.joining(", ")))
                    .append('\n');
        }
        return page.toString();
    }

    private static String question(ReleaseRecord record, Question question) {
        String verbs = question.verbs().stream().map(Verb::word).collect(Collectors.joining(" | "));
        return "**" + question.title() + "** (" + String.join(", ", question.roles()) + ", until "
                + question.deadline() + "; then " + question.onDeadline() + ")\n\n`longwatch " + verbs + " "
                + record.release() + " " + question.subject() + "`\n\n";
    }

    private static String row(PhaseRecord phase) {
        long settled =
                phase.steps().stream().filter(step -> step.state().settled()).count();
        return "| " + phase.title() + " | " + phase.start() + " | " + phase.state() + " | " + settled + "/"
                + phase.steps().size() + " |\n";
    }

    private static String row(WindowRecord window) {
        String seen = window.result() == null ? "" : window.result().summary();
        Object verdict = window.verdict() == null ? (window.startsAt() == null ? "" : "open") : window.verdict();
        return "| " + window.title() + " | " + (window.endsAt() == null ? "" : window.endsAt()) + " | " + verdict
                + " | " + Text.cut(seen, 200) + " |\n";
    }
}
