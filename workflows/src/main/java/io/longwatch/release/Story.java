package io.longwatch.release;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.longwatch.decision.Decision;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.soak.Verdict;
import io.longwatch.soak.Words;
import io.longwatch.text.Bounded;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A release as the Temporal UI's current details tell it, in Markdown: the most urgent first, since the end may be cut. */
final class Story {
    private static final int MOST_DECISIONS = 6;
    private static final int MOST_SEEN = 240;
    private static final int MOST_DETAILS = 1300;
    private static final int MOST_LINE = 300;
    private static final char NO_BREAK = '\u00a0';

    private final ReleaseRecord record;
    private final ReleasePlan plan;
    private final @Nullable String thread;
    private final StringBuilder page = new StringBuilder();

    /**
     * The story of a release.
     *
     * @param record how it stands
     * @param plan what it follows
     * @param thread where people are told, once that is known
     */
    Story(ReleaseRecord record, ReleasePlan plan, @Nullable String thread) {
        this.record = record;
        this.plan = plan;
        this.thread = thread;
    }

    String markdown() {
        now();
        questions();
        soak();
        phases();
        effects();
        decisions();
        links();
        return page.toString();
    }

    private void now() {
        line("## " + record.state() + ": " + record.title());
        if (record.reason() != null && record.questions().isEmpty()) {
            line("**" + record.reason() + "**");
        }
        if (record.continuedIn() != null) {
            line("Only attestations remain; they go on in `" + record.continuedIn() + "`.");
        }
        page.append("| | |\n|---|---|\n");
        fact("Release", "`" + record.release() + "`, asked for by " + record.requester());
        fact("T, deployment", Text.time(record.deployAt()));
        running().ifPresent(phase -> fact("Phase", phase.title() + ", " + settled(phase) + current(phase)));
        openWindow().ifPresent(window -> fact("Soak", window.title() + ", until " + Text.time(endOf(window))));
        nextGate().ifPresent(gate -> fact("Next gate", gate.title()));
        if (record.endedAt() != null) {
            fact("Ended", Text.time(record.endedAt()));
        }
        fact(
                "Follow it",
                "`longwatch watch " + record.release() + "`"
                        + (thread == null ? "" : ", [thread in Slack](" + thread + ")"));
        page.append('\n');
    }

    /** What is decided about may be read here too, as far as there is room: of gates first. */
    private void questions() {
        int room = MOST_DETAILS;
        List<Question> gatesFirst = record.questions().stream()
                .sorted(Comparator.comparing(question -> question.kind() != Question.Kind.GATE))
                .toList();
        for (Question question : gatesFirst) {
            question(question);
            room -= details(question.details(), room);
        }
    }

    /** Adds lines while they fit, and says how many characters they take. */
    private int details(List<String> lines, int room) {
        int taken = 0;
        int shown = 0;
        for (String line : lines) {
            String item = "- " + Bounded.line(line, MOST_LINE) + "\n";
            if (taken + item.length() > room) {
                break;
            }
            page.append(item);
            taken += item.length();
            shown++;
        }
        if (shown > 0 && shown < lines.size()) {
            page.append("- and ").append(lines.size() - shown).append(" lines more\n");
        }
        page.append('\n');
        return taken;
    }

    private void question(Question question) {
        List<String> verbs = question.verbs().stream().map(Verb::word).toList();
        String others = verbs.size() < 2 ? "" : " (or " + String.join(", ", verbs.subList(1, verbs.size())) + ")";
        String until = question.deadline() == null ? "" : " until " + Text.time(question.deadline());
        String who = plan.deciders(question.subject(), question.roles());
        line("### Waits for " + who + until);
        line("**" + question.title() + "** Without an answer " + question.onDeadline() + ".");
        line("`longwatch " + verbs.get(0) + " " + record.release() + " " + question.subject() + "`" + others);
    }

    private void soak() {
        if (record.soak().stream().allMatch(window -> window.startsAt() == null)) {
            return;
        }
        line("### Soak");
        record.soak()
                .forEach(window -> page.append("- **")
                        .append(window.title())
                        .append("** ")
                        .append(Bounded.cut(seen(window), MOST_SEEN))
                        .append('\n'));
        page.append('\n');
    }

    private String seen(WindowRecord window) {
        if (window.startsAt() == null) {
            return "not begun";
        }
        if (window.result() == null) {
            return "open until " + Text.time(endOf(window)) + ", last look: *soak.watch* under Pending Activities";
        }
        // What stands against the release first: the end may be cut.
        String figures = window.result().checks().stream()
                .sorted(Comparator.comparing(check -> check.verdict() == Verdict.PASSED))
                .map(check -> check.title() + " " + Words.figure(check.last(), check.unit()))
                .collect(joining(", "));
        return (window.verdict() == null ? noVerdict() : window.verdict().name()) + ", "
                + Words.looks(window.result().looks()) + ": " + figures;
    }

    private String noVerdict() {
        boolean left = record.state().ended() || record.state() == ReleaseState.ROLLING_BACK;
        return left ? "left without a verdict" : "open again";
    }

    private void phases() {
        page.append("| phase | begins | state | steps |\n|---|---|---|---|\n");
        Stream.concat(record.rollback().stream(), record.phases().stream())
                .forEach(
                        // A narrow column would break between the words.
                        phase -> row(
                                phase.title(),
                                begins(phase),
                                phase.state().name(),
                                settled(phase).replace(' ', NO_BREAK)));
        page.append('\n');
    }

    private static String begins(PhaseRecord phase) {
        return phase.start().startsWith("after the phase") ? "after the one above" : phase.start();
    }

    private void effects() {
        if (!record.effects().isEmpty() && record.state().ended()) {
            line("### What became of its effects");
            Map<EffectState, String> titles = record.effects().stream()
                    .collect(groupingBy(
                            EffectRecord::state,
                            () -> new EnumMap<>(EffectState.class),
                            mapping(EffectRecord::title, joining("; "))));
            titles.forEach((state, named) -> page.append("- **")
                    .append(state)
                    .append("** ")
                    .append(named)
                    .append('\n'));
            page.append('\n');
        }
    }

    private void decisions() {
        List<DecisionRecord> all = record.decisions();
        if (all.isEmpty()) {
            return;
        }
        line("### Decisions");
        all.subList(Math.max(0, all.size() - MOST_DECISIONS), all.size())
                .forEach(decision -> page.append("- ").append(words(decision)).append('\n'));
        page.append('\n');
    }

    private static String words(DecisionRecord judged) {
        Decision decision = judged.decision();
        return Text.time(judged.arrivedAt()) + ": **" + decision.verb().word() + "** of `" + decision.subject()
                + "` by "
                + Objects.requireNonNullElse(judged.person(), decision.who())
                + (decision.reason() == null ? "" : ", \u201c" + Bounded.cut(decision.reason(), 120) + "\u201d")
                + (judged.accepted() ? "" : ", refused: " + Bounded.cut(judged.message(), 120));
    }

    private void links() {
        List<String> links = record.phases().stream()
                .flatMap(phase -> phase.steps().stream())
                .flatMap(step -> address(step.result()).stream().map(url -> "- [" + step.title() + "](" + url + ")"))
                .toList();
        if (!links.isEmpty()) {
            line("### Elsewhere");
            line(String.join("\n", links));
        }
        line("`longwatch report " + record.release() + "` writes it down.");
    }

    /** Where people can look at what a step made, if its result has such an address. */
    private static Optional<String> address(@Nullable JsonNode result) {
        return Optional.ofNullable(result)
                .map(json -> json.path("url").asText(""))
                .filter(url -> url.startsWith("https://") || url.startsWith("http://"));
    }

    private Optional<PhaseRecord> running() {
        return Stream.concat(record.rollback().stream(), record.phases().stream())
                .filter(phase -> phase.state() == StepState.RUNNING)
                .findFirst();
    }

    private static String current(PhaseRecord phase) {
        return phase.steps().stream()
                .filter(step -> step.state() == StepState.RUNNING)
                .map(step -> ": " + step.title())
                .findFirst()
                .orElse("");
    }

    private Optional<WindowRecord> openWindow() {
        return record.state().ended()
                ? Optional.empty()
                : record.soak().stream()
                        .filter(window -> window.startsAt() != null && window.verdict() == null)
                        .findFirst();
    }

    private static Instant endOf(WindowRecord window) {
        return Objects.requireNonNullElse(window.endsAt(), Instant.MAX);
    }

    private Optional<StepRecord> nextGate() {
        return record.state().ended() || !record.rollback().isEmpty()
                ? Optional.empty()
                : record.phases().stream()
                        .flatMap(phase -> phase.steps().stream())
                        .filter(step -> step.uses().equals("gate") && step.state() == StepState.PENDING)
                        .findFirst();
    }

    // "3/4" would be set as a fraction.
    private static String settled(PhaseRecord phase) {
        long settled =
                phase.steps().stream().filter(step -> step.state().settled()).count();
        return settled + " of " + phase.steps().size();
    }

    private void line(String text) {
        page.append(text).append("\n\n");
    }

    private void fact(String name, String value) {
        row(name, value);
    }

    private void row(String... cells) {
        for (String cell : cells) {
            page.append("| ").append(cell.replace("|", "\\|")).append(' ');
        }
        page.append("|\n");
    }
}
