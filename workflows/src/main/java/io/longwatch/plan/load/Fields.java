package io.longwatch.plan.load;

import io.longwatch.plan.Durations;
import io.longwatch.plan.PlanWord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one map of a plan, read by name and type. Each read notes what does not fit and gives a stand-in; {@link
 * #done} then notes the fields that nobody asked for.
 */
final class Fields {
    private static final String STAND_IN = "";

    private final Reading reading;
    private final String owner;
    private final Located.Mapping node;
    private final SortedSet<String> known = new TreeSet<>();
    private final SortedSet<String> refused = new TreeSet<>();

    /**
     * Reads a map.
     *
     * @param owner how messages call it: "step 'cache'"
     */
    Fields(Reading reading, String owner, Located.Mapping node) {
        this.reading = reading;
        this.owner = owner;
        this.node = node;
    }

    /** Reads what should be a map; empty, and noted, if it is none. */
    static Optional<Fields> of(Reading reading, String owner, Located node) {
        if (node instanceof Located.Mapping mapping) {
            return Optional.of(new Fields(reading, owner, mapping));
        }
        if (!(node instanceof Located.Unreadable)) {
            reading.problems().error(node.position(), owner + " is " + node.described() + "; write a map of fields");
        }
        return Optional.empty();
    }

    String owner() {
        return owner;
    }

    Reading reading() {
        return reading;
    }

    Located.Mapping node() {
        return node;
    }

    /** The same fields under another name. */
    Fields calledAs(String name) {
        return new Fields(reading, name, node);
    }

    /** A value that may be missing; an empty one is missing. */
    Optional<Located> optional(String field) {
        known.add(field);
        return node.get(field).filter(value -> !(value instanceof Located.Scalar scalar && scalar.isNull()));
    }

    Optional<Located> required(String field) {
        Optional<Located> value = optional(field);
        if (value.isEmpty()) {
            error(
                    node.entry(field).map(entry -> entry.key().position()).orElse(node.position()),
                    " has no " + field + "; add it");
        }
        return value;
    }

    /** Counts fields as known without reading them. */
    Fields knowing(String... fields) {
        known.addAll(List.of(fields));
        return this;
    }

    /** Notes a field that has no place here though others like this one have it, and why. */
    void refuse(String field, String why) {
        refused.add(field);
        node.entry(field).ifPresent(entry -> error(entry.key().position(), ": " + why + "; remove " + field));
    }

    /** Notes every field that nothing has asked for. */
    void done() {
        for (Located.Entry entry : node.entries()) {
            if (!known.contains(entry.name()) && !refused.contains(entry.name())) {
                String hint = Nearest.hint(entry.name(), known);
                reading.problems()
                        .error(
                                entry.key().position(),
                                "unknown field '" + entry.name() + "' in " + owner
                                        + (hint.isEmpty() ? "; fields are " + String.join(", ", known) : hint));
            }
        }
    }

    void error(Position position, String rest) {
        reading.problems().error(position, owner + rest);
    }

    private void wrongType(String field, Located found, String wanted) {
        if (!(found instanceof Located.Unreadable)) {
            error(found.position(), ": " + field + " is " + found.described() + "; " + wanted);
        }
    }

    /** A scalar that is text, as it stands there. */
    Optional<Located.Scalar> textScalar(String field, Optional<Located> value) {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get() instanceof Located.Scalar scalar && scalar.value() instanceof String) {
            return Optional.of(scalar);
        }
        wrongType(
                field,
                value.get(),
                value.get() instanceof Located.Scalar ? "write text, in quotes if need be" : "write text");
        return Optional.empty();
    }

    /** Text for people; may hold parameters. */
    String text(String field) {
        return filledIn(field, textScalar(field, required(field))).orElse(STAND_IN);
    }

    @Nullable
    String optionalText(String field) {
        return filledIn(field, textScalar(field, optional(field))).orElse(null);
    }

    /** A text with its parameters filled in; noted if it is blank. */
    Optional<String> filledIn(String field, Optional<Located.Scalar> scalar) {
        Optional<String> text = scalar.flatMap(s -> reading.texts().resolve(s, owner + ": " + field));
        if (text.isPresent() && text.get().isBlank()) {
            error(scalar.orElseThrow().position(), ": " + field + " is empty; write it or remove the field");
        }
        return text;
    }

    /** Text that is taken as it stands there. */
    Optional<Located.Scalar> plainText(String field) {
        Optional<Located.Scalar> scalar = textScalar(field, required(field));
        scalar.filter(s -> s.text().contains("${{"))
                .ifPresent(s ->
                        error(s.position(), ": " + field + " is fixed when the plan is written; it takes no ${{ }}"));
        return scalar;
    }

    /** A duration longer than zero. */
    Duration duration(String field, Duration otherwise) {
        return read(field, optional(field)).orElse(otherwise);
    }

    Duration requiredDuration(String field) {
        return read(field, required(field)).orElse(Duration.ofHours(1));
    }

    Optional<Duration> optionalDuration(String field) {
        return read(field, optional(field));
    }

    private Optional<Duration> read(String field, Optional<Located> value) {
        Optional<Duration> duration = anyDuration(field, value);
        if (duration.isPresent() && (duration.get().isZero() || duration.get().isNegative())) {
            error(value.orElseThrow().position(), ": " + field + " must be longer than 0");
        }
        return duration;
    }

    /** A duration, zero included. */
    Duration durationFromZero(String field) {
        Optional<Located> value = optional(field);
        Optional<Duration> duration = anyDuration(field, value);
        if (duration.isPresent() && duration.get().isNegative()) {
            error(value.orElseThrow().position(), ": " + field + " must not be negative");
        }
        return duration.orElse(Duration.ZERO);
    }

    private Optional<Duration> anyDuration(String field, Optional<Located> value) {
        if (value.isPresent() && !(value.get() instanceof Located.Scalar)) {
            wrongType(field, value.get(), "write 90s, 10m or 2h");
            return Optional.empty();
        }
        return value.map(Located.Scalar.class::cast)
                .flatMap(scalar -> reading.texts()
                        .resolve(scalar, owner + ": " + field)
                        .flatMap(text -> durationOf(field, scalar, text)));
    }

    private Optional<Duration> durationOf(String field, Located.Scalar scalar, String text) {
        Optional<Duration> duration = Durations.parseBounded(text);
        if (duration.isEmpty()) {
            error(scalar.position(), ": " + field + " '" + text + "' is not a duration; write 90s, 10m or 2h");
        }
        return duration;
    }

    /** A whole number of at least {@code least}. */
    int number(String field, int otherwise, int least) {
        Optional<Located> value = optional(field);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (value.get() instanceof Located.Scalar scalar && scalar.value() instanceof Integer number) {
            if (number < least) {
                error(scalar.position(), ": " + field + " is " + number + "; write " + least + " or more");
            }
            return Math.max(number, least);
        }
        wrongType(field, value.get(), "write a whole number");
        return otherwise;
    }

    boolean flag(String field, boolean otherwise) {
        Optional<Located> value = optional(field);
        if (value.isPresent()
                && value.get() instanceof Located.Scalar scalar
                && scalar.value() instanceof Boolean flag) {
            return flag;
        }
        value.ifPresent(found -> wrongType(field, found, "write true or false"));
        return otherwise;
    }

    /** One of an enum's words, in lower case. */
    <E extends Enum<E>> Optional<E> choice(String field, Class<E> type) {
        return textScalar(field, optional(field)).flatMap(scalar -> {
            Optional<E> chosen = Choices.of(type, scalar.text());
            if (chosen.isEmpty()) {
                List<String> words = Choices.words(type);
                error(
                        scalar.position(),
                        ": " + field + " '" + scalar.text() + "' is none of " + String.join(", ", words)
                                + Nearest.hint(scalar.text(), words));
            }
            return chosen;
        });
    }

    /** An expression, checked; null if there is none. */
    @Nullable
    String expression(String field, Scope scope, Wanted wanted) {
        return optional(field)
                .flatMap(value -> expression(field, value, scope, wanted))
                .orElse(null);
    }

    Optional<String> expression(String field, Located value, Scope scope, Wanted wanted) {
        if (!(value instanceof Located.Scalar scalar)) {
            wrongType(field, value, "write a CEL expression");
            return Optional.empty();
        }
        if (scalar.text().contains("${{")) {
            error(scalar.position(), ": " + field + " is an expression as it is; write it without ${{ }}");
            return Optional.empty();
        }
        Expression expression =
                new Expression(scalar.text(), Locator.of(reading.problems().file(), scalar), 0, owner + ": " + field);
        reading.expressions().check(expression, scope, wanted);
        return Optional.of(scalar.text());
    }

    /** The items of a list; a single value counts as a list of one. */
    List<Located> items(String field) {
        return optional(field)
                .map(value -> value instanceof Located.Sequence list ? list.items() : List.of(value))
                .orElse(List.of());
    }

    /** The items of what must be a list. */
    List<Located> list(String field) {
        Optional<Located> value = optional(field);
        if (value.isPresent() && value.get() instanceof Located.Sequence list) {
            return list.items();
        }
        value.ifPresent(found -> wrongType(field, found, "write a list, each item behind a hyphen"));
        return List.of();
    }

    /** The entries of what must be a map. */
    List<Located.Entry> entries(String field) {
        Optional<Located> value = optional(field);
        if (value.isPresent() && value.get() instanceof Located.Mapping mapping) {
            return mapping.entries();
        }
        value.ifPresent(found -> wrongType(field, found, "write a map"));
        return List.of();
    }

    /** Texts of a list. */
    List<Located.Scalar> names(String field) {
        return items(field).stream()
                .flatMap(item -> textScalar(field, Optional.of(item)).stream())
                .toList();
    }

    /** A role that the plan has. */
    @Nullable
    String optionalRole(String field) {
        return role(textScalar(field, optional(field))).orElse(null);
    }

    String role(String field) {
        return role(textScalar(field, required(field))).orElse(STAND_IN);
    }

    private Optional<String> role(Optional<Located.Scalar> name) {
        name.ifPresent(scalar -> reading.roles().use(owner, scalar));
        return name.map(Located.Scalar::text);
    }

    /** Boxes of the source checklist, noted as covered by this. */
    List<Integer> covers(Place place) {
        List<Integer> boxes = new ArrayList<>();
        for (Located item : items("covers")) {
            Optional<List<Integer>> numbers = Numbers.of(item);
            if (numbers.isEmpty()) {
                reading.boxes().incomplete();
                wrongType("covers", item, "write box numbers, such as [5, 21-38]");
            }
            for (int box : numbers.orElse(List.of())) {
                reading.boxes().add(new BoxNotes.Note(box, owner, item.position(), place));
                boxes.add(box);
            }
        }
        return boxes.stream().distinct().sorted().toList();
    }

    /** The words of an enum, as plans write them. */
    static final class Choices {
        private Choices() {}

        static <E extends Enum<E>> Optional<E> of(Class<E> type, String word) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> PlanWord.of(constant).equals(word))
                    .findFirst();
        }

        static <E extends Enum<E>> List<String> words(Class<E> type) {
            return Arrays.stream(type.getEnumConstants()).map(PlanWord::of).collect(Collectors.toList());
        }
    }
}
