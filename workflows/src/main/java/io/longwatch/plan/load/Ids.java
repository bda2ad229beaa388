package io.longwatch.plan.load;

import io.longwatch.plan.load.Declared.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Ids: their form, that none stands twice, and that none is one of those that a release gives its own points. */
final class Ids {
    static final String FORM = "[a-z][a-z0-9]*(?:-[a-z0-9]+)*";
    static final int LONGEST = 63;
    private static final Pattern PATTERN = Pattern.compile(FORM);
    private static final Set<String> WORDS_OF_CEL = Set.of("in", "true", "false", "null");

    /** What a release asks about, or runs, under an id of its own. */
    private static final Map<String, String> OWN = Map.of(
            "release", "is what decisions about the release as a whole speak of",
            "deployment-time", "is what a release that is too late asks about");

    private static final String SIGN_OFF = "sign-off";
    private static final List<String> WAYS_BACK = List.of("undo-", "clean-up-");

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

    /** How messages call what should be a thing with an id. */
    static String label(Declared.Kind kind, Located node) {
        return node instanceof Located.Mapping mapping ? label(kind, mapping) : "a " + kind.words();
    }

    /** Notes ids that a release gives to its own phases, questions and moves of a rollback. */
    static void reportReserved(Problems problems, PlanIndex index) {
        for (Declared declared : index.all()) {
            String reason = reserved(declared, index);
            if (!reason.isEmpty()) {
                problems.error(
                        declared.position(),
                        declared.label() + ": id '" + declared.id() + "' " + reason + "; choose another id");
            }
        }
    }

    private static String reserved(Declared declared, PlanIndex index) {
        if (declared.kind() == Kind.PHASE) {
            return SIGN_OFF.equals(declared.id()) ? "is the phase of the sign-offs" : "";
        }
        // A move may be called after what it undoes: the release then adds none of its own.
        if (declared.kind() == Kind.RESTORE || declared.kind() == Kind.GROUP) {
            return OWN.getOrDefault(declared.id(), "");
        }
        return WAYS_BACK.stream()
                .filter(declared.id()::startsWith)
                .map(way -> declared.id().substring(way.length()))
                .filter(step -> index.find(step).stream().anyMatch(other -> other.kind() == Kind.STEP))
                .map(step -> "is what taking back step '" + step + "' is called")
                .findFirst()
                .orElseGet(() -> OWN.getOrDefault(declared.id(), ""));
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
