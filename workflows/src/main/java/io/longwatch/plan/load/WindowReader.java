package io.longwatch.plan.load;

import io.longwatch.plan.Durations;
import io.longwatch.plan.Outcome;
import io.longwatch.plan.Role;
import io.longwatch.plan.Soak.Window;
import io.longwatch.plan.load.Declared.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one stretch of the soak. */
final class WindowReader {
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Duration DEADLINE = Duration.ofHours(2);

    private final Fields fields;
    private final Place place;
    private final List<String> checks;

    WindowReader(Fields fields, Place place, List<String> checks) {
        this.fields = fields;
        this.place = place;
        this.checks = checks;
    }

    Window read() {
        String id = Ids.read(fields);
        String title = fields.text("title");
        Duration duration = fields.requiredDuration("duration");
        Window window = new Window(
                id,
                title,
                duration,
                interval(duration),
                fields.flag("anchored", false),
                chosen(),
                fields.optional("maxExtension").isPresent()
                        ? fields.durationFromZero("maxExtension")
                        : duration.dividedBy(4),
                fields.choice("onMissed", Outcome.class).orElse(Outcome.HOLD),
                fields.choice("onInconclusive", Outcome.class).orElse(Outcome.HOLD),
                role(),
                fields.duration("deadline", DEADLINE),
                fields.covers(place));
        fields.done();
        return window;
    }

    private Duration interval(Duration duration) {
        Duration interval = fields.duration("interval", INTERVAL);
        Optional<Located> lasts = fields.node().get("duration");
        if (lasts.isEmpty() || interval.compareTo(duration) <= 0) {
            return interval;
        }
        Optional<Located> written = fields.optional("interval");
        if (written.isPresent()) {
            fields.error(
                    written.get().position(),
                    ": interval " + Durations.format(interval) + " is longer than the window's "
                            + Durations.format(duration) + "; it would never be looked at twice");
        } else {
            fields.error(
                    lasts.get().position(),
                    ": duration " + Durations.format(duration) + " is shorter than the " + Durations.format(interval)
                            + " between looks; add a shorter interval");
        }
        return interval;
    }

    private List<String> chosen() {
        Optional<Located> written = fields.optional("checks");
        if (written.isEmpty()) {
            return checks;
        }
        if (Nodes.isEmptyList(written.get())) {
            fields.error(written.get().position(), " looks at no check; name some, or leave checks out for all");
        }
        List<String> names = new ArrayList<>();
        for (Located.Scalar name : fields.names("checks")) {
            boolean known = fields.reading()
                    .index()
                    .find(name.text())
                    .filter(declared -> declared.kind() == Kind.CHECK)
                    .isPresent();
            if (!known && !fields.reading().index().nameless()) {
                fields.error(
                        name.position(),
                        ": unknown soak check '" + name.text() + "'" + Nearest.hint(name.text(), checks));
            } else if (names.contains(name.text())) {
                fields.error(name.position(), ": check '" + name.text() + "' stands twice; keep one");
            }
            names.add(name.text());
        }
        return names;
    }

    private @Nullable String role() {
        @Nullable String named = fields.optionalRole("role");
        List<Role> roles = fields.reading().roles().all();
        if (named != null || roles.isEmpty()) {
            return named;
        }
        fields.reading().roles().useByDefault(roles.get(0).id());
        return roles.get(0).id();
    }
}
