package io.longwatch.starter.decide;

import static java.util.stream.Collectors.joining;

import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.starter.CommandFailed;
import io.longwatch.starter.World;
import io.longwatch.starter.temporal.FoundRelease;
import io.longwatch.starter.temporal.Releases;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A verb that answers an open question of a release. */
abstract class AnswerCommand extends DecideCommand {
    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SUBJECT",
            description = "Gate, step, window or sign-off; may be left out where only one takes this answer.")
    private @Nullable String subject;

    @Option(names = "--evidence", paramLabel = "TEXT", description = "What shows it: a link, a figure, a sentence.")
    private @Nullable String evidence;

    @Option(
            names = "--digest",
            paramLabel = "HEX",
            description = "Digest of what you were shown; refused if something else is asked by now.")
    private @Nullable String digest;

    AnswerCommand(World world, Verb verb) {
        super(world, verb);
    }

    @Override
    final Saying saying(Releases releases, FoundRelease release) {
        if (needsReason() && reason() == null) {
            throw CommandFailed.usage(
                    verb().word() + " needs a reason; it is kept in the record", "Add --reason TEXT.");
        }
        String pinned = digest;
        String about = subject;
        if (about == null && pinned == null && saidToRelease()) {
            return Saying.toRelease(argument());
        }
        Optional<ReleaseRecord> record = record(releases, release, pinned != null && about != null);
        List<Question> open = record.map(ReleaseRecord::questions).orElse(List.of());
        Optional<Question> question = about == null ? only(open) : named(open, about);
        question.ifPresent(this::show);
        if (pinned == null && question.isEmpty()) {
            String known =
                    record.flatMap(so -> outcome(so, String.valueOf(about))).orElse("");
            throw CommandFailed.refused("refused: nothing is asked about '" + about + "' now" + known, opened(open));
        }
        return new Saying(
                question.map(Question::subject).orElse(String.valueOf(about)),
                digest(question, pinned),
                evidence,
                argument());
    }

    /** Whether it is said to the release as a whole where no question is named. */
    boolean saidToRelease() {
        return false;
    }

    /** Time or duration that goes with it, or null. */
    @Nullable
    String argument() {
        return null;
    }

    /** Whether it means nothing without a reason. */
    boolean needsReason() {
        return false;
    }

    /** Empty only where a pinned answer does without. */
    private static Optional<ReleaseRecord> record(Releases releases, FoundRelease release, boolean pinned) {
        try {
            return Optional.of(releases.record(release));
        } catch (CommandFailed e) {
            if (pinned) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** What became of something that is settled, as a part of a sentence. */
    private static Optional<String> outcome(ReleaseRecord record, String about) {
        Optional<String> step = record.step(about)
                .filter(one -> one.state().settled())
                .map(one -> one.state() + told(one.summary() == null ? one.problem() : one.summary()));
        return step.or(() -> record.soak().stream()
                        .filter(window -> window.window().equals(about) && window.verdict() != null)
                        .map(window -> window.verdict() + told(window.by()))
                        .findFirst())
                .map(outcome -> "; it is " + outcome);
    }

    private static String told(@Nullable String what) {
        return what == null ? "" : ", " + what;
    }

    private Optional<Question> only(List<Question> open) {
        List<Question> fitting = open.stream()
                .filter(question -> question.verbs().contains(verb()))
                .toList();
        if (fitting.size() == 1) {
            return Optional.of(fitting.get(0));
        }
        String found = fitting.stream().map(Question::subject).collect(joining(", "));
        throw fitting.isEmpty()
                ? CommandFailed.refused("no open question takes " + verb().word(), opened(open))
                : CommandFailed.usage("several open questions take " + verb().word(), "Name one: " + found);
    }

    private static Optional<Question> named(List<Question> open, String about) {
        return open.stream()
                .filter(question -> question.subject().equals(about))
                .findFirst();
    }

    private static @Nullable String opened(List<Question> open) {
        return open.isEmpty()
                ? null
                : "Open: "
                        + open.stream()
                                .map(question -> question.subject() + " ("
                                        + question.verbs().stream()
                                                .map(Verb::word)
                                                .collect(joining(", ")) + ")")
                                .collect(joining("; "));
    }

    private void show(Question question) {
        err().println(question.title());
        question.details().forEach(line -> err().println("  " + line));
        err().println("  digest " + question.digest());
    }

    private static @Nullable String digest(Optional<Question> question, @Nullable String pinned) {
        Optional<String> shown = question.map(Question::digest);
        if (pinned == null) {
            return shown.orElse(null);
        }
        return shown.filter(full -> pinned.length() >= 8 && full.startsWith(pinned))
                .orElse(pinned);
    }
}
