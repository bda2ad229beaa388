package io.longwatch.activities.env;

import io.longwatch.actions.env.CheckInput;
import io.longwatch.actions.env.CheckResult;
import io.longwatch.activities.env.Variables.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Compares the variables found with those expected. */
final class Check {
    private static final Pattern SECRET =
            Pattern.compile("(?i).*(password|passwd|secret|token|key|credential|dsn|url).*");
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

    private static String inWords(String name, String expected, Variable variable) {
        if (variable.source() != null) {
            return name + " comes from " + variable.source() + ", which is not read";
        }
        return SECRET.matcher(name).matches()
                ? name + " has another value than expected"
                : name + " is " + cut(String.valueOf(variable.value())) + ", expected " + cut(expected);
    }

    private static String summary(int all, int matching, List<String> wrong, List<String> missing) {
        String first =
                !wrong.isEmpty() ? ": " + wrong.get(0) : missing.isEmpty() ? "" : ": " + missing.get(0) + " missing";
        return matching + " of " + all + " variables as expected" + first;
    }

    private static String cut(String value) {
        return value.length() > LONGEST ? value.substring(0, LONGEST) + "…" : value;
    }
}
