package io.longwatch.activities.decision;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The people of a worker's configuration. Without any, the worker trusts the namespace. */
public final class People {
    private final List<Person> all;

    /** @throws IllegalArgumentException if two share a name, an id, a Slack user or a key: a record could name the wrong one */
    public People(List<Person> all) {
        requireDistinct(all, "name", Person::name);
        requireDistinct(all, "id", Person::id);
        requireDistinct(all, "slack", Person::slack);
        requireDistinct(all, "ssh", Person::ssh);
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

    private static void requireDistinct(List<Person> people, String field, Function<Person, @Nullable Object> value) {
        Set<Object> seen = new HashSet<>();
        for (Person person : people) {
            Object found = value.apply(person);
            if (found != null && !seen.add(found)) {
                throw new IllegalArgumentException("people: " + field + " '" + found + "' stands at "
                        + people.stream()
                                .filter(other -> found.equals(value.apply(other)))
                                .map(Person::name)
                                .collect(Collectors.joining(" and ")));
            }
        }
    }
}
