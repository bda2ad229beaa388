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
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** A release of the bridge, started, answered and watched from the command line. */
final class AurenRelease {
    private static final Duration GLANCE = Duration.ofMillis(300);
    private static final int UNREACHABLE = 3;

    /** A bound of the P99 latency that any machine keeps, for a release whose latency is not what is tested. */
    static final String ANY_LATENCY = "p99Limit=5000.0";
    /** What rolls back, beyond what passes. */
    static final String NO_LATENCY_ALERT = "p99Alert=6000.0";

    /** Windows of seconds. */
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
    private BiFunction<ReleaseRecord, Question, Verb> whenAsked = (record, question) -> {
        throw new AssertionError("nobody expected to be asked: " + question);
    };
    private boolean learnt;

    private AurenRelease(Site site, String id) {
        this.site = site;
        this.id = id;
        this.releases = new Releases(site.temporal());
        this.found = releases.find(id);
    }

    /** Starts it as the requester does, with durations of seconds; {@code more} is as {@code "leakWatch=45s"}. */
    static AurenRelease start(Site site, Path plan, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "start",
                plan.toString(),
                "--param-file",
                AurenPlan.parametersOfATry().toString(),
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

    /** What people answer to a question that only arises when something went wrong; by default none may arise. */
    AurenRelease answering(BiFunction<ReleaseRecord, Question, Verb> choice) {
        whenAsked = choice;
        return this;
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
            if (!answered.contains(asked) && answer(record, question)) {
                answered.add(asked);
            }
        }
    }

    private boolean answer(ReleaseRecord record, Question question) {
        Verb verb = switch (question.kind()) {
            case GATE -> Verb.APPROVE;
            case ITEM -> Verb.ATTEST;
            case CONFIRMATION -> Verb.CONFIRM;
            case SIGN_OFF -> Verb.SIGN;
            default -> whenAsked.apply(record, question);
        };
        Longwatch.Ran said = site.shell().run(site.team().answer(id, question, verb, "seen in the test"));
        // Asked again if it still matters; a breach takes back what was asked before it.
        boolean tooLate = said.exit() != 0 && said.err().contains("nothing is asked about");
        return said.exit() != UNREACHABLE && !tooLate && said.done().exit() == 0;
    }

    /** What {@code longwatch status} says that a step has trouble with; empty if with nothing. */
    String problemOf(String step) {
        Longwatch.Ran status = site.shell().run("status", id, "--json");
        if (status.exit() == UNREACHABLE) {
            return "";
        }
        return FarSide.json(status.done().out()).findParents("id").stream()
                .filter(one -> one.path("id").asText().equals(step))
                .map(one -> one.path("problem").asText())
                .findFirst()
                .orElse("");
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
