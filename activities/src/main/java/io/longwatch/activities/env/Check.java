package io.longwatch.activities.env;

import io.longwatch.actions.env.CheckInput;
import io.longwatch.actions.env.CheckResult;
import io.longwatch.activities.env.Variables.Variable;
import io.longwatch.activities.text.Masking;
import io.longwatch.text.Bounded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares the variables found with those expected. */
final class Check {
    private static final int LONGEST = 60;

    private final CheckInput input;

    Check(CheckInput input) {
        this.input = input;
    }

    CheckResult run(Map<String, Variable> found) {
        List<String> wrong = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        new TreeMap<>(input.expect()).forEach((name, expected) -> {
            Variable variable = found.get(name);
            if (variable == null) {
                missing.add(name);
            } else if (!expected.equals(variable.value())) {
                wrong.add(inWords(name, expected, variable));
            }
        });
        int all = input.expect().size();
        int matching = all - wrong.size() - missing.size();
        return new CheckResult(matching == all, matching, wrong, missing, summary(all, matching, wrong, missing));
    }

    private String inWords(String name, String expected, Variable variable) {
        if (variable.value() == null) {
            return name + " comes from " + variable.source() + ", which is not read";
        }
        String found = variable.value();
        return input.shownOrNone().contains(name)
                ? name + " is " + masked(name, found) + ", expected " + masked(name, expected)
                : name + " has another value than expected, of " + found.length() + " characters instead of "
                        + expected.length();
    }

    /** Even what the plan calls harmless may turn out to hold a secret; its name tells as well as its form. */
    private static String masked(String name, String value) {
        return Bounded.cut(Masking.mask(name + "=" + value).substring(name.length() + 1), LONGEST);
    }

    private static String summary(int all, int matching, List<String> wrong, List<String> missing) {
        String first =
                !wrong.isEmpty() ? ": " + wrong.get(0) : missing.isEmpty() ? "" : ": " + missing.get(0) + " missing";
        return matching + " of " + all + " variables as expected" + first;
    }
}
