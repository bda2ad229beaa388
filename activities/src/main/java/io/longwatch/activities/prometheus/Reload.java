package io.longwatch.activities.prometheus;

import io.longwatch.actions.prometheus.ReloadBefore;
import io.longwatch.actions.prometheus.ReloadInput;
import io.longwatch.actions.prometheus.ReloadResult;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.contract.Failures;
import io.longwatch.contract.UndoResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** prometheus.reload: has files loaded again until what is expected is loaded. */
final class Reload {
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LATER = Duration.ofSeconds(10);
    private static final int SOON_ATTEMPTS = 5;

    private final ReloadInput input;
    private final PrometheusApi api;
    private final Invocation invocation;

    Reload(ReloadInput input, PrometheusApi api, Invocation invocation) {
        this.input = input;
        this.api = api;
        this.invocation = invocation;
    }

    ReloadBefore before() {
        Loaded loaded = Loaded.of(api);
        return new ReloadBefore(
                loaded.digest(), loaded.jobs().size(), loaded.rules().size());
    }

    ReloadResult run(ReloadBefore before) {
        Loaded found = Loaded.of(api);
        boolean doneByAnEarlierAttempt =
                changed(found, before) && lacks(found, before).isEmpty();
        Loaded now = doneByAnEarlierAttempt ? found : reload();
        List<String> lacks = lacks(now, before);
        if (!lacks.isEmpty()) {
            throw Failures.pending("reloaded, but " + String.join(", ", lacks) + "; " + now.shown(), again());
        }
        boolean changed = changed(now, before);
        return new ReloadResult(
                now.digest(),
                changed,
                now.jobs().size(),
                now.rules().size(),
                now.shown() + (changed ? ", changed" : ", unchanged"));
    }

    UndoResult undo(ReloadBefore before, @Nullable ReloadResult result) {
        if (!changed(Loaded.of(api), before)) {
            return UndoResult.notNeeded("what was loaded before the step is loaded");
        }
        Loaded now = reload();
        if (!changed(now, before)) {
            return UndoResult.reverted("what was loaded before the step is loaded again: " + now.shown());
        }
        if (result != null && !now.digest().equals(result.digest())) {
            return UndoResult.refused("the files hold neither what was loaded before the step nor what it loaded;"
                    + " someone else has changed them, and " + now.shown());
        }
        throw Failures.pending(
                "reloaded, but the files are not what they were before the step; put them back first", again());
    }

    private Loaded reload() {
        invocation.renew("reloading");
        api.reload();
        return Loaded.of(api);
    }

    /** Files are mostly there in a moment; a mounted ConfigMap can take a minute and more. */
    private Duration again() {
        return invocation.attempt() <= SOON_ATTEMPTS ? SOON : LATER;
    }

    private static boolean changed(Loaded now, ReloadBefore before) {
        return !now.digest().equals(before.digest());
    }

    private List<String> lacks(Loaded loaded, ReloadBefore before) {
        List<String> lacks = new ArrayList<>();
        if (input.expectJob() != null && !loaded.jobs().contains(input.expectJob())) {
            lacks.add("job '" + input.expectJob() + "' is not there");
        }
        for (String rule : input.expectRulesOrDefault()) {
            if (!loaded.rules().contains(rule)) {
                lacks.add("rule '" + rule + "' is not there");
            }
        }
        if (input.expectChangeOrDefault() && !changed(loaded, before)) {
            lacks.add("nothing differs from before");
        }
        return lacks;
    }
}
