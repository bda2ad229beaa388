package io.longwatch.release;

import io.longwatch.contract.Json;
import io.longwatch.contract.TakesOver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ways back of the release whose place this one took. A step takes over from the former's step of the same id. */
final class Inheritance {
    private final Map<String, WayBack> left = new LinkedHashMap<>();

    void takeUp(List<WayBack> ways) {
        ways.forEach(way -> left.put(way.step(), way));
    }

    List<WayBack> ways() {
        return List.copyOf(left.values());
    }

    /**
     * What taking a step back leads to.
     *
     * @param step step id
     * @param action its action
     * @param before what stood ahead of its effect
     * @return what the former release found, where the step takes over from it; else {@code before}
     */
    Record origin(String step, String action, Record before) {
        WayBack way = left.get(step);
        return way != null && way.action().equals(action) && before instanceof TakesOver<?> own
                ? takenOver(own, way, before.getClass())
                : before;
    }

    private static <B extends Record> Record takenOver(TakesOver<B> own, WayBack way, Class<?> type) {
        @SuppressWarnings("unchecked") // a record takes over from its own type
        Class<B> same = (Class<B>) type;
        return own.takingOver(Json.mapper().convertValue(way.before(), same));
    }
}
