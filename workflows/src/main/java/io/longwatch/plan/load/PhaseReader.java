package io.longwatch.plan.load;

import io.longwatch.plan.Durations;
import io.longwatch.plan.Phase;
import io.longwatch.plan.Phase.Start;
import io.longwatch.plan.load.Declared.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a phase and when it starts. */
final class PhaseReader {
    private static final Pattern AT = Pattern.compile("T(?:\\s*([-+])\\s*(\\S+))?");

    private final Reading reading;

    PhaseReader(Reading reading) {
        this.reading = reading;
    }

    Optional<Phase> read(Located node) {
        String label = node instanceof Located.Mapping mapping ? Ids.label(Kind.PHASE, mapping) : "a phase";
        Optional<Fields> fields = Fields.of(reading, label, node);
        if (fields.isEmpty()) {
            reading.boxes().incomplete();
        }
        return fields.map(this::read);
    }

    private Phase read(Fields fields) {
        String id = Ids.read(fields);
        String title = fields.text("title");
        Start start = start(fields);
        List<Located> steps = fields.list("steps");
        if (steps.isEmpty() && !(fields.node().get("steps").orElse(null) instanceof Located.Scalar s && !s.isNull())) {
            fields.error(fields.node().position(), " has no steps; add one or remove the phase");
        }
        Phase phase = new Phase(id, title, start, new StepReader(reading).readAll(steps));
        fields.done();
        return phase;
    }

    /** Whether a phase is written to be at T; one whose time is only known by its parameters is not. */
    static boolean deploys(Located.Mapping phase) {
        return Nodes.text(phase, "at")
                .flatMap(at -> offset(at.text()))
                .filter(Duration::isZero)
                .isPresent();
    }

    private Start start(Fields fields) {
        Optional<Located.Scalar> at = fields.textScalar("at", fields.optional("at"));
        Optional<Located.Scalar> after = fields.textScalar("after", fields.optional("after"));
        if (at.isPresent() && after.isPresent()) {
            fields.error(after.get().position(), " has both at and after; keep one");
        }
        if (after.isPresent()) {
            return after(fields, after.get());
        }
        return at.map(scalar -> at(fields, scalar)).orElseGet(Start::afterPrevious);
    }

    private static Start after(Fields fields, Located.Scalar after) {
        if (!"soak".equals(after.text())) {
            fields.error(
                    after.position(),
                    ": after '" + after.text()
                            + "' is not known; write after: soak, or nothing to follow the phase ahead");
        } else if (fields.reading().index().all().stream().noneMatch(d -> d.kind() == Kind.WINDOW)) {
            fields.error(after.position(), ": after: soak, but the plan has no soak; add one or remove after");
        }
        return Start.afterSoak();
    }

    private Start at(Fields fields, Located.Scalar at) {
        return reading.texts()
                .resolve(at, fields.owner() + ": at")
                .flatMap(text -> at(fields, at, text))
                .orElseGet(Start::afterPrevious);
    }

    private static Optional<Start> at(Fields fields, Located.Scalar at, String text) {
        Optional<Duration> offset = offset(text);
        if (offset.isEmpty()) {
            fields.error(at.position(), ": at '" + text + "' is not a time; write T, T-2h or T+30m");
        }
        return offset.map(Start::at);
    }

    private static Optional<Duration> offset(String text) {
        Matcher matcher = AT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        if (matcher.group(2) == null) {
            return Optional.of(Duration.ZERO);
        }
        return Durations.parseBounded(matcher.group(2))
                .filter(distance -> !distance.isNegative())
                .map(distance -> "-".equals(matcher.group(1)) ? distance.negated() : distance);
    }
}
