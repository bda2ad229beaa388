package io.longwatch.report;

import static io.longwatch.report.Markdown.code;
import static io.longwatch.report.Markdown.text;
import static io.longwatch.report.Markdown.time;
import static java.util.stream.Collectors.joining;

import io.longwatch.plan.Durations;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.Source;
import io.longwatch.release.DecisionRecord;
import io.longwatch.release.EffectRecord;
import io.longwatch.release.EffectState;
import io.longwatch.release.PhaseRecord;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepRecord;
import io.longwatch.release.StepState;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.Words;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** The report of a release, in Markdown: first what people look for, how it ended and what is left, last what was asked. */
public final class ReleaseReport {
    private final ReleasePlan plan;
    private final ReleaseRecord record;
    private final Boxes boxes;
    private final Markdown page = new Markdown();

    private ReleaseReport(ReleasePlan plan, ReleaseRecord record) {
        this.plan = plan;
        this.record = record;
        this.boxes = Boxes.of(plan, record);
    }

    /** The report of a release as it stands; the same record gives the same text. */
    public static String markdown(ReleasePlan plan, ReleaseRecord record) {
        return new ReleaseReport(plan, record).write();
    }

    private String write() {
        head();
        openEnds();
        checklist();
        soak();
        phases("Rollback", record.rollback());
        effects();
        decisions();
        baseline();
        phases("Phases", record.phases());
        timeline();
        contacts();
        parameters();
        return page.toString();
    }

    private void head() {
        page.heading(1, text(record.title()) + ": " + record.state());
        page.line("Release " + code(record.release()) + " of " + code(record.service()) + " to "
                + code(record.environment()) + (record.reason() == null ? "." : ": " + text(record.reason()) + "."));
        page.line("").tableHead("", "");
        page.row("State", "**" + record.state() + "**");
        page.row("Requested by", text(record.requester()));
        page.row("Started", time(record.startedAt()));
        page.row("T", time(record.deployAt()) + (record.compressed() ? " (time before T compressed)" : ""));
        page.row("Deployed", record.deployedAt() == null ? "no" : time(record.deployedAt()));
        page.row("Ended", record.endedAt() == null ? "not yet" : time(record.endedAt()) + ", after " + length());
        page.row("Plan digest", code(record.planDigest()));
        if (boxes.total() > 0) {
            page.row("Checklist", boxes.accountedFor() + " of " + boxes.total() + " boxes accounted for");
        }
    }

    private String length() {
        return record.endedAt() == null
                ? ""
                : Durations.format(
                        Duration.between(record.startedAt(), record.endedAt()).truncatedTo(ChronoUnit.SECONDS));
    }

    private void parameters() {
        if (!record.parameters().isEmpty()) {
            page.heading(2, "Parameters").tableHead("Name", "Value");
            record.parameters().forEach((name, value) -> page.row(code(name), code(asInPlans(name, value))));
        }
    }

    private String asInPlans(String name, Object value) {
        return plan.parameters().stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .map(parameter -> parameter.written(value))
                .orElseGet(value::toString);
    }

    private void openEnds() {
        page.heading(2, "Open ends");
        List<String> open = Stream.of(openQuestions(), badEffects(), badWindows(), openBoxes())
                .flatMap(ends -> ends)
                .toList();
        if (open.isEmpty()) {
            page.line("None.");
        }
        open.forEach(page::item);
    }

    private void contacts() {
        if (!plan.contacts().isEmpty()) {
            page.heading(2, "Contacts").tableHead("Name", "Role", "Reach");
            plan.contacts()
                    .forEach(contact -> page.row(
                            text(contact.name()),
                            contact.role() == null ? "" : code(contact.role()),
                            text(contact.reach())));
        }
    }

    private Stream<String> openQuestions() {
        return record.questions().stream()
                .map(question -> "waits for " + text(plan.deciders(question.subject(), question.roles())) + ": "
                        + text(question.title())
                        + (question.deadline() == null ? "" : ", until " + time(question.deadline())));
    }

    private Stream<String> badEffects() {
        return record.effects().stream()
                .filter(effect -> effect.state() == EffectState.FAILED || effect.state() == EffectState.REFUSED)
                .map(effect -> effect.state() + " to take back: " + text(effect.title()) + ", "
                        + text(Objects.requireNonNullElse(effect.summary(), "no reason is known")));
    }

    private Stream<String> badWindows() {
        return record.soak().stream()
                .filter(window -> window.verdict() != null && window.verdict() != Verdict.PASSED)
                .map(window -> text(window.title()) + " ended " + window.verdict());
    }

    private Stream<String> openBoxes() {
        return Stream.of(StepState.FAILED, StepState.OPEN)
                .filter(state -> boxes.count(state) > 0)
                .map(state -> "boxes " + state + ": "
                        + boxes.boxes().stream()
                                .filter(box -> box.state() == state)
                                .map(box -> String.valueOf(box.number()))
                                .collect(joining(", ")));
    }

    private void checklist() {
        Source source = plan.source();
        if (source == null) {
            return;
        }
        page.heading(2, "Checklist");
        page.line(code(source.checklist()) + ", SHA-256 " + code(source.sha256()) + ": "
                + boxes.counts().entrySet().stream()
                        .filter(counted -> counted.getValue() > 0)
                        .map(counted -> counted.getValue() + " " + counted.getKey())
                        .collect(joining(", "))
                + ".");
        page.line("").tableHead("Box", "State", "Answered by", "Evidence", "Who", "When");
        boxes.boxes().forEach(this::box);
    }

    private void box(Box box) {
        page.row(
                String.valueOf(box.number()),
                box.state().name(),
                cell(box, covering -> text(covering.title())),
                cell(box, covering -> text(covering.evidence())),
                cell(box, covering -> text(covering.who())),
                cell(box, covering -> time(covering.when())));
    }

    private static String cell(Box box, Function<Covering, String> part) {
        return box.coverings().stream()
                .map(part)
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(joining("; "));
    }

    private void phases(String title, List<PhaseRecord> phases) {
        if (phases.isEmpty()) {
            return;
        }
        page.heading(2, title);
        for (PhaseRecord phase : phases) {
            String heading = text(phase.title()) + " (" + text(phase.start()) + "): ";
            if (phase.steps().isEmpty()) {
                page.heading(3, heading + "nothing to do").line("The plan has no step here.");
                continue;
            }
            page.heading(3, heading + phase.state());
            page.tableHead("Step", "Uses", "State", "Tries", "Ended", "What");
            phase.steps().forEach(this::step);
        }
    }

    private void step(StepRecord step) {
        String what = Stream.of(step.summary(), step.problem(), step.evidence())
                .filter(Objects::nonNull)
                .map(Markdown::text)
                .distinct()
                .collect(joining("; "));
        page.row(
                text(step.title()),
                code(step.uses()),
                step.state().name(),
                String.valueOf(step.attempts()),
                time(step.endedAt()),
                step.by() == null || what.contains(text(step.by())) ? what : what + " (" + text(step.by()) + ")");
    }

    private void baseline() {
        if (!record.baseline().isEmpty()) {
            page.heading(2, "Baseline").tableHead("Figure", "Value");
            record.baseline().forEach((name, value) -> page.row(code(name), text(figure(value))));
        }
    }

    private static Object figure(Object value) {
        return value instanceof Number number ? Words.figure(number.doubleValue(), "") : value;
    }

    private void soak() {
        if (record.soak().isEmpty()) {
            return;
        }
        page.heading(2, "Soak");
        new SoakChapter(page, record).write();
    }

    private void decisions() {
        page.heading(2, "Decisions");
        if (record.decisions().isEmpty()) {
            page.line("None.");
            return;
        }
        page.tableHead("When", "Who", "Roles", "Said", "Of", "By", "Counts", "Reason and evidence");
        record.decisions().forEach(this::decision);
    }

    private void decision(DecisionRecord judged) {
        page.row(
                time(judged.arrivedAt()),
                text(Objects.requireNonNullElse(
                        judged.person(), judged.decision().who())),
                text(String.join(", ", judged.roles())),
                judged.decision().verb().word(),
                code(judged.decision().subject()),
                text(judged.decision().channel()) + ", trust " + text(judged.trust()),
                judged.accepted() ? "yes" : "no: " + text(judged.message()),
                Stream.of(
                                judged.decision().argument(),
                                judged.decision().reason(),
                                judged.decision().evidence())
                        .filter(Objects::nonNull)
                        .map(Markdown::text)
                        .collect(joining("; ")));
    }

    private void effects() {
        page.heading(2, "Effects");
        if (record.effects().isEmpty()) {
            page.line("None.");
            return;
        }
        page.tableHead("Effect", "Action", "Undo", "State", "Begun", "Settled", "What");
        record.effects().forEach(this::effect);
        if (record.state().ended() && record.state() != ReleaseState.SUCCEEDED) {
            whatStays();
        }
    }

    private void whatStays() {
        List<EffectRecord> stay = record.effects().stream()
                .filter(effect -> effect.state() != EffectState.REVERTED && effect.state() != EffectState.NOT_NEEDED)
                .toList();
        page.heading(3, "What stays");
        if (stay.isEmpty()) {
            page.line("Nothing.");
        }
        stay.forEach(effect -> page.item(text(effect.title()) + ": " + effect.state()
                + (effect.summary() == null ? "" : ", " + text(effect.summary()))));
    }

    private void effect(EffectRecord effect) {
        page.row(
                text(effect.title()),
                code(effect.action()),
                effect.undo().name(),
                effect.state().name(),
                time(effect.recordedAt()),
                time(effect.endedAt()),
                text(effect.summary()));
    }

    private void timeline() {
        page.heading(2, "Timeline");
        record.timeline().forEach(note -> page.item(time(note.at()) + " " + text(note.text())));
    }
}
