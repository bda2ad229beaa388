package io.longwatch.system.release;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.starter.CommandFailed;
import io.longwatch.starter.temporal.FoundRelease;
import io.longwatch.starter.temporal.Releases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** A release of the bridge, started, answered and watched from the command line. */
final class AurenRelease {
    private static final Duration GLANCE = Duration.ofMillis(300);
    private static final int UNREACHABLE = 3;
    private static final Set<String> LATENCY = Set.of("p99", "latency-sustained");

    /** Windows of seconds, and bounds that a busy machine keeps: what is measured is not what is tested here. */
    private static final Map<String, String> BRISK = Map.ofEntries(
            Map.entry("baselineAfter", "40s"),
            Map.entry("stableFor", "4s"),
            Map.entry("startup", "10s"),
            Map.entry("peak", "10s"),
            Map.entry("overnight", "15s"),
            Map.entry("leakWatch", "30s"),
            Map.entry("lookEvery", "3s"),
            Map.entry("lookEveryLater", "3s"),
            Map.entry("settle", "3s"),
            Map.entry("trafficSettle", "3s"),
            Map.entry("rateWindow", "30s"),
            Map.entry("trafficWindow", "30s"),
            Map.entry("warmUp", "10s"),
            Map.entry("p99Limit", "200.0"),
            Map.entry("sustainedShare", "0.3"));

    private final Site site;
    private final String id;
    private final Releases releases;
    private final FoundRelease found;
    private final Set<String> answered = new HashSet<>();
    private Function<Question, Verb> whenAsked = AurenRelease::letMeasurementsPass;
    private boolean learnt;

    private AurenRelease(Site site, String id) {
        this.site = site;
        this.id = id;
        this.releases = new Releases(site.temporal());
        this.found = releases.find(id);
    }

    /** Starts it as the requester does, with durations of seconds; {@code more} is as {@code "leakWatch=45s"}. */
    static AurenRelease start(Site site, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "start",
                Longwatch.file("plans/auren-biometric-bridge/plan.yaml").toString(),
                "--param-file",
                Longwatch.file("plans/auren-biometric-bridge/short.yaml").toString(),
                "--now",
                "--json",
                "--as",
                Team.REQUESTER,
                "--ssh-key",
                site.team().keyOf(Team.REQUESTER).toString()));
        BRISK.forEach((name, value) -> command.addAll(List.of("--param", name + "=" + value)));
        List.of(more).forEach(parameter -> command.addAll(List.of("--param", parameter)));
        site.parameters().forEach((name, value) -> command.addAll(List.of("--param", name + "=" + value)));
        return site.world().whileTemporalServes(() -> {
            String out = site.shell().run(command).done().out();
            return new AurenRelease(
                    site, new ObjectMapper().readTree(out).path("release").asText());
        });
    }

    /** What people answer to a question that only arises when something went wrong. */
    AurenRelease answering(Function<Question, Verb> choice) {
        whenAsked = choice;
        return this;
    }

    /** Three real requests among a hundred that are made up: where the machine is busy, they are the slowest percent. */
    static Verb letMeasurementsPass(Question question) {
        if (question.kind() == Question.Kind.WINDOW) {
            return Verb.WAIVE;
        }
        if (LATENCY.contains(question.subject())) {
            return Verb.SKIP;
        }
        throw new AssertionError("nobody expected to be asked: " + question);
    }

    String id() {
        return id;
    }

    /** What it knows of itself now; empty if no worker, or no server, answers. */
    Optional<ReleaseRecord> record() {
        try {
            return Optional.of(releases.record(found));
        } catch (CommandFailed nobodyAnswers) {
            return Optional.empty();
        }
    }

    /** Follows it to its end, while people answer what they are asked. */
    ReleaseRecord untilItEnds(Duration patience) {
        return follow(patience, record -> {});
    }

    /** Follows it to its end; after each look something may happen. */
    ReleaseRecord follow(Duration patience, Consumer<ReleaseRecord> then) {
        Instant latest = Clock.systemUTC().instant().plus(patience);
        ReleaseRecord last = null;
        while (Clock.systemUTC().instant().isBefore(latest)) {
            Optional<ReleaseRecord> now = record();
            if (now.isPresent()) {
                last = now.get();
                if (last.state().ended()) {
                    return last;
                }
                peopleAct(last);
                then.accept(last);
            }
            pause();
        }
        throw new AssertionError(id + " does not end within " + patience + ":\n" + (last == null ? "" : words(last)));
    }

    private void peopleAct(ReleaseRecord record) {
        if (record.deployedAt() != null && !learnt) {
            learnt = true;
            try {
                site.writeRunbook();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        for (Question question : record.questions()) {
            String asked = question.subject() + question.askedAt();
            if (!answered.contains(asked) && answer(question)) {
                answered.add(asked);
            }
        }
    }

    private boolean answer(Question question) {
        Verb verb = switch (question.kind()) {
            case GATE -> Verb.APPROVE;
            case ITEM -> Verb.ATTEST;
            case CONFIRMATION -> Verb.CONFIRM;
            case SIGN_OFF -> Verb.SIGN;
            default -> whenAsked.apply(question);
        };
        Longwatch.Ran said = site.shell().run(site.team().answer(id, question, verb, "seen in the test"));
        return said.exit() != UNREACHABLE && said.done().exit() == 0;
    }

    /** Its timeline, for a message. */
    static String words(ReleaseRecord record) {
        StringBuilder text = new StringBuilder(record.state() + ": " + record.reason() + "\n");
        record.timeline()
                .forEach(note ->
                        text.append(note.at()).append(' ').append(note.text()).append('\n'));
        record.steps()
                .filter(step -> step.problem() != null)
                .forEach(step -> text.append(step.id())
                        .append(' ')
                        .append(step.state())
                        .append(": ")
                        .append(step.problem())
                        .append('\n'));
        record.questions().forEach(question -> text.append(question).append('\n'));
        return text.toString();
    }

    private static void pause() {
        try {
            Thread.sleep(GLANCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
