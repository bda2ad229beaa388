package io.longwatch.activities.decision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The people of a worker's configuration. Without any, the worker trusts the namespace. */
public final class People {
    private final List<Person> all;

    /**
     * The people of a configuration.
     *
     * @throws IllegalArgumentException if some share a name, an id, a Slack user or a key, so that a record could name the
     *     wrong one; with all that is shared, a line each
     */
    public People(List<Person> all) {
        List<String> shared = new ArrayList<>();
        shared.addAll(shared(all, "name", Person::name));
        shared.addAll(shared(all, "id", Person::id));
        shared.addAll(shared(all, "slack", Person::slack));
        shared.addAll(shared(all, "ssh", Person::ssh));
        if (!shared.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", shared));
        }
        this.all = List.copyOf(all);
    }

    public static People none() {
        return new People(List.of());
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** By the id that a channel knows them by. */
    Optional<Person> find(String channel, String who) {
        Function<Person, @Nullable String> known = Channels.SLACK.equals(channel) ? Person::slack : Person::id;
        return all.stream().filter(person -> who.equals(known.apply(person))).findFirst();
    }

    /** Those who hold any of the roles, in the configuration's order. */
    public List<Person> holding(List<String> roles) {
        return all.stream()
                .filter(person -> person.roles().stream().anyMatch(roles::contains))
                .toList();
    }

    private static List<String> shared(List<Person> people, String field, Function<Person, @Nullable Object> value) {
        Map<Object, List<String>> names = new LinkedHashMap<>();
        for (Person person : people) {
            Object found = value.apply(person);
            if (found != null) {
                names.computeIfAbsent(found, first -> new ArrayList<>()).add(person.name());
            }
        }
        return names.entrySet().stream()
                .filter(each -> each.getValue().size() > 1)
                .map(each -> "people: " + field + " '" + each.getKey() + "' stands at "
                        + String.join(" and ", each.getValue()))
                .toList();
    }
}
