package io.longwatch.plan.load;

import io.longwatch.plan.ReleasePlan;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a document is a plan of the version that is read here; if not, nothing else of it is judged. One that leaves half
 * of its heading out, or misspells its kind, is meant to be one.
 */
final class Heading {
    private static final Pattern VERSION = Pattern.compile("longwatch\\.io/v(\\d{1,4})");

    private final Problems problems;
    private final Located.Mapping plan;

    Heading(Problems problems, Located.Mapping plan) {
        this.problems = problems;
        this.plan = plan;
    }

    boolean check() {
        boolean version = is("apiVersion", ReleasePlan.API_VERSION);
        boolean kind = is("kind", ReleasePlan.KIND);
        boolean another = plan.get("kind").filter(Heading::isAnotherKind).isPresent();
        return version ? !another : kind && plan.get("apiVersion").isEmpty();
    }

    private static boolean isAnotherKind(Located value) {
        return value instanceof Located.Scalar scalar
                && Nearest.to(scalar.text(), List.of(ReleasePlan.KIND)).isEmpty();
    }

    private boolean is(String field, String wanted) {
        Optional<Located> value = plan.get(field);
        if (value.isEmpty()) {
            problems.error(plan.position(), "the plan has no " + field + "; add " + field + ": " + wanted);
            return false;
        }
        if (value.get() instanceof Located.Scalar scalar && wanted.equals(scalar.text())) {
            return true;
        }
        problems.error(
                value.get().position(),
                field + " is " + value.get().described() + "; this Longwatch reads " + wanted
                        + advice(value.get(), wanted));
        return false;
    }

    private static String advice(Located value, String wanted) {
        String found = value instanceof Located.Scalar scalar ? scalar.text() : "";
        Matcher version = VERSION.matcher(found);
        boolean newer = version.matches() && Integer.parseInt(version.group(1)) > 1;
        return newer ? ", upgrade it to read a newer plan" : Nearest.hint(found, List.of(wanted));
    }
}
