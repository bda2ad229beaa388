package io.longwatch.plan.load;

import io.longwatch.contract.ActionSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which action is used, and with what.
 *
 * @param name the action's name, known or not
 * @param spec the action; empty, and noted, if it is not known
 * @param with its inputs
 */
record ActionUse(String name, Optional<ActionSpec> spec, Map<String, Object> with) {

    /** Reads {@code uses} and {@code with}. */
    static ActionUse read(Fields fields, Scope scope) {
        Optional<Located.Scalar> name = fields.textScalar("uses", fields.required("uses"));
        Optional<Located> with = fields.optional("with");
        Optional<ActionSpec> spec = name.flatMap(scalar -> find(fields, scalar));
        Map<String, Object> inputs = spec.map(action -> new InputReader(fields.reading(), fields.owner(), action, scope)
                        .read(with, name.orElseThrow().position()))
                .orElse(Map.of());
        return new ActionUse(name.map(Located.Scalar::text).orElse(""), spec, inputs);
    }

    /** Whether it is known to change something. */
    boolean changes() {
        return spec.filter(ActionSpec::hasEffect).isPresent();
    }

    /** Whether it is known to change nothing. */
    boolean onlyLooks() {
        return spec.isPresent() && !changes();
    }

    private static Optional<ActionSpec> find(Fields fields, Located.Scalar name) {
        Optional<ActionSpec> spec = fields.reading().catalog().find(name.text());
        if (spec.isEmpty()) {
            List<String> names = fields.reading().catalog().all().stream()
                    .map(ActionSpec::name)
                    .toList();
            String hint = Nearest.hint(name.text(), names);
            fields.error(
                    name.position(),
                    ": unknown action '" + name.text() + "'" + (hint.isEmpty() ? othersOf(name.text(), names) : hint));
        }
        return spec;
    }

    private static String othersOf(String name, List<String> names) {
        String system = name.contains(".") ? name.substring(0, name.indexOf('.') + 1) : name + ".";
        List<String> siblings = names.stream().filter(n -> n.startsWith(system)).toList();
        return siblings.isEmpty()
                ? "; 'longwatch actions' lists them all"
                : "; there are " + String.join(", ", siblings);
    }
}
