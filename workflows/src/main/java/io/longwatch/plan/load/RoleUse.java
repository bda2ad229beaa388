package io.longwatch.plan.load;

import io.longwatch.plan.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The plan's roles, and which of them anything names. */
final class RoleUse {
    private final Problems problems;
    private final Map<String, Position> declared = new LinkedHashMap<>();
    private final List<Role> roles = new ArrayList<>();
    private final SortedSet<String> used = new TreeSet<>();

    RoleUse(Problems problems) {
        this.problems = problems;
    }

    void declare(Role role, Position position) {
        roles.add(role);
        declared.put(role.id(), position);
    }

    List<Role> all() {
        return roles;
    }

    void use(String owner, Located.Scalar name) {
        used.add(name.text());
        if (!declared.containsKey(name.text())) {
            String known = declared.isEmpty()
                    ? "; the plan has no roles"
                    : "; roles are " + String.join(", ", declared.keySet());
            String hint = Nearest.hint(name.text(), declared.keySet());
            problems.error(
                    name.position(), owner + ": unknown role '" + name.text() + "'" + (hint.isEmpty() ? known : hint));
        }
    }

    /** Counts a role as used by what names none. */
    void useByDefault(String role) {
        used.add(role);
    }

    void warnOfUnused() {
        declared.forEach((role, position) -> {
            if (!used.contains(role)) {
                problems.warning(
                        position, "role '" + role + "' is used by nothing; remove it or name it where it decides");
            }
        });
    }
}
