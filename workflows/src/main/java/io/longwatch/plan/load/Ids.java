package io.longwatch.plan.load;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Ids: their form, and that none stands twice. */
final class Ids {
    static final String FORM = "[a-z][a-z0-9]*(?:-[a-z0-9]+)*";
    static final int LONGEST = 63;
    private static final Pattern PATTERN = Pattern.compile(FORM);
    private static final Set<String> WORDS_OF_CEL = Set.of("in", "true", "false", "null");

    private Ids() {}

    /** The id of a thing of the plan, checked; "" if it has none that can be read. */
    static String read(Fields fields) {
        Optional<Located.Scalar> id = fields.textScalar("id", fields.required("id"));
        id.ifPresent(scalar -> checkForm(fields, scalar));
        return id.map(Located.Scalar::text).orElse("");
    }

    /** Notes an id, or a name like it, that has not the form of one. */
    static void checkForm(Fields fields, Located.Scalar id) {
        if (!PATTERN.matcher(id.text()).matches() || id.text().length() > LONGEST) {
            fields.error(
                    id.position(),
                    ": '" + id.text() + "' is not an id; write lower-case words and digits joined by hyphens,"
                            + " at most " + LONGEST + " characters, such as second-node");
        } else if (WORDS_OF_CEL.contains(id.text())) {
            fields.error(id.position(), ": '" + id.text() + "' is a word of CEL; choose another id");
        }
    }

    /** How messages call a thing: {@code step 'cache'}, or {@code a step} if it has no id. */
    static String label(Declared.Kind kind, Located.Mapping node) {
        return Nodes.text(node, "id")
                .map(id -> kind.words() + " '" + id.text() + "'")
                .orElse("a " + kind.words());
    }

    static void reportRepeated(Problems problems, PlanIndex index) {
        for (Declared repeated : index.repeated()) {
            Declared first = index.find(repeated.id()).orElseThrow();
            problems.error(
                    first.position(),
                    "id '" + first.id() + "' of this " + first.kind().words() + " stands again on line "
                            + repeated.position().line() + "; ids are unique in a plan");
            problems.error(
                    repeated.position(),
                    "id '" + repeated.id() + "' of this " + repeated.kind().words() + " stands already on line "
                            + first.position().line() + "; ids are unique in a plan");
        }
    }
}
