package io.longwatch.plan.load;

import com.google.common.collect.ImmutableList;
import io.longwatch.contract.ActionSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an expression may speak of.
 *
 * @param moment when it is evaluated
 * @param place where it stands
 * @param result record it may call {@code result}, or null
 * @param chosen keys that are there in it by the plan's choice
 */
record Scope(Moment moment, Place place, @Nullable Class<? extends Record> result, ChosenNames chosen) {
    private static final Place FIRST = Place.certain(-1);

    /** When an expression is evaluated, with the variables known by then. */
    enum Moment {
        /** When the plan is loaded. */
        LOAD("when the plan is loaded", List.of("params")),
        /** When the release starts. */
        START("when the release starts", List.of("params", "release")),
        /** When its step has its turn. */
        TURN("before its step runs", List.of("params", "release", "steps", "baseline")),
        /** When there is a result. */
        RESULT("when there is a result", List.of("params", "release", "steps", "baseline", "result"));

        private final String words;
        private final ImmutableList<String> variables;

        Moment(String words, List<String> variables) {
            this.words = words;
            this.variables = ImmutableList.copyOf(variables);
        }

        String words() {
            return words;
        }

        List<String> variables() {
            return variables;
        }
    }

    static Scope load() {
        return new Scope(Moment.LOAD, FIRST, null, ChosenNames.NONE);
    }

    static Scope start() {
        return new Scope(Moment.START, FIRST, null, ChosenNames.NONE);
    }

    static Scope turn(Place place) {
        return new Scope(Moment.TURN, place, null, ChosenNames.NONE);
    }

    Scope withResult(ActionSpec action, Located.Mapping node) {
        return new Scope(Moment.RESULT, place, action.result(), ChosenNames.of(action, node));
    }

    /** What types depend on. */
    Scope typed() {
        return new Scope(moment, place, result, ChosenNames.NONE);
    }
}
