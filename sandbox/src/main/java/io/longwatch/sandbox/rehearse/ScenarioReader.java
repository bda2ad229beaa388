package io.longwatch.sandbox.rehearse;

import io.longwatch.decision.Verb;
import io.longwatch.plan.load.NotYaml;
import io.longwatch.plan.load.Position;
import io.longwatch.plan.load.Problem;
import io.longwatch.plan.load.Problem.Severity;
import io.longwatch.release.ReleaseState;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a scenario, with every problem at its place. Only nodes are composed: nothing is constructed or expanded. */
final class ScenarioReader {
    private static final List<String> OUTCOMES = List.of("error", "noData", "failed");

    private final String file;
    private final ScenarioNames names;
    private final List<Problem> problems;

    ScenarioReader(String file, ScenarioNames names, List<Problem> problems) {
        this.file = file;
        this.names = names;
        this.problems = problems;
    }

    /** The scenario; worth nothing if there are problems. */
    ScenarioFile read(String text) {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (root instanceof MappingNode map) {
                return scenario(new ScenarioFields(map, this::problem));
            }
            problem(
                    root == null ? null : root.getStartMark(),
                    "a scenario is a map of title, expect, faults, checks, answers");
        } catch (MarkedYAMLException e) {
            problem(NotYaml.place(e), NotYaml.inWords(e));
        } catch (YAMLException e) {
            problem(
                    Position.START,
                    "this is not YAML: " + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
        }
        return ScenarioFile.NONE;
    }

    private void problem(@Nullable Mark at, String message) {
        problem(at == null ? Position.START : Position.of(at), message);
    }

    private void problem(Position at, String message) {
        problems.add(new Problem(file, at.line(), at.column(), message, Severity.ERROR));
    }

    private ScenarioFile scenario(ScenarioFields fields) {
        fields.only("a scenario", List.of("title", "expect", "faults", "checks", "answers"));
        List<String> ends = Stream.of(ReleaseState.values())
                .filter(ReleaseState::ended)
                .map(ReleaseState::name)
                .toList();
        String expect = fields.oneOf("expect", ends, "an end of a release");
        return new ScenarioFile(
                fields.text("title"),
                expect == null ? ReleaseState.SUCCEEDED : ReleaseState.valueOf(expect),
                new Scenario(
                        list(fields, "faults", this::fault),
                        list(fields, "checks", this::seen),
                        list(fields, "answers", this::reply)));
    }

    private <T> List<T> list(ScenarioFields fields, String name, Function<ScenarioFields, @Nullable T> entry) {
        List<T> read = new ArrayList<>();
        Node list = fields.get(name);
        if (list instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                if (item instanceof MappingNode map) {
                    T one = entry.apply(new ScenarioFields(map, this::problem));
                    if (one != null) {
                        read.add(one);
                    }
                } else {
                    problem(item.getStartMark(), "an entry of " + name + " is a map");
                }
            }
        } else if (list != null) {
            problem(list.getStartMark(), name + " is a list; begin each entry with a dash");
        }
        return read;
    }

    private Scenario.@Nullable Fault fault(ScenarioFields fields) {
        fields.only("a fault", List.of("step", "message", "times", "afterEffect"));
        String step = fields.required("step", names.steps(), "a step with an action");
        Integer times = fields.count("times");
        Boolean afterEffect = fields.truth("afterEffect");
        return step == null ? null : new Scenario.Fault(step, fields.text("message"), times, afterEffect);
    }

    private Scenario.@Nullable Seen seen(ScenarioFields fields) {
        fields.only("a check", List.of("check", "from", "to", "value", "outcome"));
        String check = fields.required("check", names.checks(), "a check of the soak");
        String from = fields.duration("from");
        String to = fields.duration("to");
        Double value = fields.number("value");
        String outcome = fields.oneOf("outcome", OUTCOMES, "an outcome");
        if (fields.has("value") == fields.has("outcome")) {
            fields.problem("give either a value or an outcome: error, noData or failed");
            return null;
        }
        boolean whole = check != null && (value != null || outcome != null);
        return whole ? new Scenario.Seen(Objects.requireNonNull(check), from, to, value, outcome) : null;
    }

    private Scenario.@Nullable Reply reply(ScenarioFields fields) {
        fields.only("an answer", List.of("subject", "answer", "reason"));
        String subject = fields.required("subject", names.subjects(), "anything people are asked about");
        List<String> words = Stream.concat(
                        Stream.of(Verb.values()).filter(verb -> !verb.toRelease()),
                        Stream.of(Verb.ROLLBACK, Verb.ABORT))
                .map(Verb::word)
                .toList();
        String word = fields.oneOf(
                "answer", Stream.concat(words.stream(), Stream.of("silence")).toList(), "an answer");
        if (!fields.has("answer")) {
            fields.problem("say what is answered: one of " + String.join(", ", words) + ", or silence");
            return null;
        }
        Verb verb =
                word == null || word.equals("silence") ? null : Verb.valueOf(word.toUpperCase(java.util.Locale.ROOT));
        return subject == null ? null : new Scenario.Reply(subject, verb, fields.text("reason"));
    }
}
