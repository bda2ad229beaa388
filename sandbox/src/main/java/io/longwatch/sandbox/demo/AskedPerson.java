package io.longwatch.sandbox.demo;

import static java.util.stream.Collectors.joining;

import io.longwatch.activities.decision.Person;
import io.longwatch.decision.Decision;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseState;
import io.longwatch.starter.CommandFailed;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whoever sits at the terminal, for all people of the demo. The release stands still while they are asked; abort,
 * rollback and pause they may type at any time.
 */
final class AskedPerson implements Crew {
    private static final List<Verb> AT_ANY_TIME = List.of(Verb.ABORT, Verb.ROLLBACK, Verb.PAUSE, Verb.RESUME);
    private static final Set<Verb> REASONED = Set.of(Verb.WAIVE, Verb.SKIP);
    private static final String WAIT = "wait";

    private final TypedLines typed;
    private final PrintWriter out;
    private final List<Person> people;
    private final Sender sender;
    private String shown = "";
    private boolean gone;

    AskedPerson(TypedLines typed, PrintWriter out, List<Person> people, Sender sender) {
        this.typed = typed;
        this.out = out;
        this.people = people;
        this.sender = sender;
    }

    /** Brings what was said to the release. */
    interface Sender {
        /**
         * Sends a decision.
         *
         * @return what became of it
         * @throws CommandFailed if it is refused
         */
        String send(Person who, Verb verb, String subject, @Nullable String digest, @Nullable String reason);
    }

    @Override
    public boolean answer(ReleaseRecord record) {
        if (gone) {
            return false;
        }
        if (record.questions().isEmpty() && record.state() != ReleaseState.HELD) {
            TypedLines.Typed interjected = typed.poll();
            return interjected != null && hear(interjected, record);
        }
        show(record);
        return hear(typed.take(), record);
    }

    private void show(ReleaseRecord record) {
        Question question = question(record);
        String now = question == null ? String.valueOf(record.reason()) : question.subject() + question.answeredBy();
        if (!now.equals(shown)) {
            out.println();
            if (question == null) {
                out.println("? Held: " + record.reason());
            } else {
                show(question);
            }
            shown = now;
        }
        out.print("  " + choices(question).stream().map(Verb::word).collect(joining(" | ")) + " [as WHO] [REASON], or "
                + WAIT + " > ");
        out.flush();
    }

    private void show(Question question) {
        out.println("? " + question.title());
        question.details().forEach(line -> out.println("    " + line));
        String who = able(question)
                .map(person -> person.id() + " (" + String.join(", ", person.roles()) + ")")
                .collect(joining(", "));
        String so = question.answeredBy().isEmpty() ? "" : "; so far " + String.join(", ", question.answeredBy());
        out.println("    " + (who.isEmpty() ? "nobody here may answer" : "may answer: " + who) + so);
        if (question.deadline() != null) {
            out.println("    until " + question.deadline() + ", then " + question.onDeadline());
        }
    }

    private static @Nullable Question question(ReleaseRecord record) {
        return record.questions().isEmpty() ? null : record.questions().get(0);
    }

    private static List<Verb> choices(@Nullable Question question) {
        List<Verb> own = question == null ? List.of() : question.verbs();
        return Stream.concat(own.stream(), AT_ANY_TIME.stream()).distinct().toList();
    }

    /** People who hold a role that is asked and have not answered. */
    private Stream<Person> able(Question question) {
        return people.stream()
                .filter(person ->
                        question.roles().isEmpty() || person.roles().stream().anyMatch(question.roles()::contains))
                .filter(person -> !question.answeredBy().contains(person.name()));
    }

    /** False lets time pass. */
    private boolean hear(TypedLines.Typed heard, ReleaseRecord record) {
        if (heard.line() == null) {
            out.println();
            out.println("The input has ended: the release is aborted.");
            gone = true;
            say(new Saying(Verb.ABORT, null, "the input has ended"), null);
            return true;
        }
        String words = heard.line().strip();
        if (words.equals(WAIT)) {
            return false;
        }
        Question question = question(record);
        if (words.isEmpty()) {
            return true;
        }
        Optional<Saying> saying =
                Saying.read(words).filter(said -> choices(question).contains(said.verb()));
        if (saying.isEmpty()) {
            out.println("  '" + words + "' is no answer here; write "
                    + choices(question).stream().map(Verb::word).collect(joining(", ")) + " or " + WAIT);
        } else {
            say(saying.get(), question);
        }
        return true;
    }

    private void say(Saying saying, @Nullable Question open) {
        boolean toRelease = AT_ANY_TIME.contains(saying.verb())
                && (open == null || !open.verbs().contains(saying.verb()));
        Question question = toRelease ? null : open;
        Optional<Person> who = who(saying, question);
        if (who.isEmpty()) {
            out.println("  nobody here is '" + saying.who() + "'; there are "
                    + people.stream().map(Person::id).collect(joining(", ")));
        } else if (REASONED.contains(saying.verb()) && saying.reason() == null) {
            out.println("  " + saying.verb().word() + " needs a reason; write it behind");
        } else {
            try {
                out.println("  "
                        + sender.send(
                                who.get(),
                                saying.verb(),
                                question == null ? Decision.RELEASE : question.subject(),
                                question == null ? null : question.digest(),
                                saying.reason()));
            } catch (CommandFailed e) {
                out.println("  " + e.getMessage());
            }
        }
    }

    private Optional<Person> who(Saying saying, @Nullable Question question) {
        if (saying.who() != null) {
            return people.stream()
                    .filter(person -> person.id().equals(saying.who()))
                    .findFirst();
        }
        Optional<Person> asked =
                question == null ? Optional.empty() : able(question).findFirst();
        return asked.isPresent() ? asked : Optional.of(Objects.requireNonNull(people.get(0)));
    }
}
