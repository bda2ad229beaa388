package io.longwatch.sandbox.kubernetes;

import io.longwatch.sandbox.kubernetes.PodBehaviour.Crashes;
import io.longwatch.sandbox.kubernetes.PodBehaviour.Death;
import io.longwatch.sandbox.kubernetes.PodBehaviour.ImagePullFails;
import io.longwatch.sandbox.kubernetes.PodBehaviour.ProbeFails;
import io.longwatch.sandbox.kubernetes.PodBehaviour.Trouble;
import io.longwatch.sandbox.kubernetes.PodBehaviour.Unschedulable;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A container at an instant, as its behaviour makes it: a function of time alone.
 *
 * @param waiting why it waits to run; empty while it runs
 * @param message more on why it waits or is not ready
 * @param startedAt start of the present run, or of the last one
 * @param ready whether it takes traffic
 * @param restarts how often it was started again
 * @param last how its former run ended
 * @param changesAt when it will next be different
 */
record ContainerLife(
        String waiting,
        String message,
        Instant startedAt,
        boolean ready,
        int restarts,
        Optional<Ended> last,
        Optional<Instant> changesAt) {
    private static final Duration START = Duration.ofSeconds(1);
    private static final Duration PULL_ATTEMPT = Duration.ofSeconds(10);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);

    /** The end of a run. */
    record Ended(Instant startedAt, Instant at, int exitCode, String reason) {}

    boolean running() {
        return waiting.isEmpty();
    }

    static ContainerLife at(Instant now, Instant created, PodBehaviour behaviour) {
        Instant started = created.plus(min(START, behaviour.readyAfter()));
        Trouble trouble = behaviour.trouble().orElse(null);
        if (trouble instanceof Unschedulable) {
            return waiting("Unschedulable", "", created, null);
        }
        if (trouble instanceof ImagePullFails pull) {
            return pullFailing(now, created, pull);
        }
        if (now.isBefore(started)) {
            return waiting("ContainerCreating", "", created, started);
        }
        if (trouble instanceof ProbeFails probe) {
            String message = "Readiness probe failed: HTTP probe failed with statuscode: " + probe.httpStatus();
            return new ContainerLife("", message, started, false, 0, Optional.empty(), Optional.empty());
        }
        if (trouble instanceof Crashes crashes) {
            return crashing(now, started, crashes);
        }
        return healthy(now, created, started, behaviour);
    }

    private static ContainerLife pullFailing(Instant now, Instant created, ImagePullFails pull) {
        Instant backOff = created.plus(PULL_ATTEMPT);
        return now.isBefore(backOff)
                ? waiting("ErrImagePull", pull.message(), created, backOff)
                : waiting("ImagePullBackOff", "Back-off pulling image: " + pull.message(), created, null);
    }

    private static ContainerLife crashing(Instant now, Instant firstStart, Crashes crashes) {
        Instant started = firstStart;
        Optional<Ended> last = Optional.empty();
        Duration backOff = Duration.ofSeconds(10);
        for (int restarts = 0; ; restarts++) {
            Instant dies = started.plus(crashes.after());
            if (now.isBefore(dies)) {
                return new ContainerLife("", "", started, false, restarts, last, Optional.of(dies));
            }
            last = Optional.of(new Ended(started, dies, crashes.exitCode(), "Error"));
            Instant again = dies.plus(backOff);
            if (now.isBefore(again)) {
                String message = "back-off " + backOff.toSeconds() + "s restarting failed container";
                return new ContainerLife(
                        "CrashLoopBackOff", message, started, false, restarts, last, Optional.of(again));
            }
            started = again;
            backOff = min(backOff.multipliedBy(2), LONGEST_BACK_OFF);
        }
    }

    private static ContainerLife healthy(Instant now, Instant created, Instant firstStart, PodBehaviour behaviour) {
        List<Death> deaths = behaviour.deaths().stream()
                .filter(death -> death.at().isAfter(created))
                .sorted(Comparator.comparing(Death::at))
                .toList();
        Instant started = firstStart;
        Instant ready = created.plus(behaviour.readyAfter());
        Optional<Ended> last = Optional.empty();
        int restarts = 0;
        Optional<Instant> next = Optional.empty();
        for (Death death : deaths) {
            if (death.at().isAfter(now)) {
                next = Optional.of(death.at());
                break;
            }
            last = Optional.of(new Ended(started, death.at(), death.exitCode(), death.reason()));
            restarts++;
            started = death.at();
            ready = death.at().plus(behaviour.readyAfter());
        }
        if (now.isBefore(ready)) {
            Instant readyAt = ready;
            next = Optional.of(next.filter(death -> death.isBefore(readyAt)).orElse(ready));
        }
        return new ContainerLife("", "", started, !now.isBefore(ready), restarts, last, next);
    }

    private static ContainerLife waiting(String reason, String message, Instant since, @Nullable Instant until) {
        return new ContainerLife(reason, message, since, false, 0, Optional.empty(), Optional.ofNullable(until));
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
