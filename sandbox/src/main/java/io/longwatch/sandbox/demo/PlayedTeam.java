package io.longwatch.sandbox.demo;

import io.longwatch.activities.decision.Person;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.sandbox.slack.Shown;
import io.longwatch.sandbox.slack.SlackStandIn;
import io.longwatch.sandbox.world.SandboxWorld;
import io.longwatch.worker.LongwatchWorker;
import io.longwatch.worker.config.WorkerConfig;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The people of the demo, played: each clicks what is asked of their role in the stand-in of Slack, as a person would.
 * What only arises when something went wrong they leave to its deadline, so that the plan's own outcome shows.
 */
final class PlayedTeam implements Crew {
    static final List<Person> PEOPLE = List.of(
            new Person("Robin Vale (played)", "robin", List.of("release-manager"), "UROBIN", null),
            new Person("Sasha Orr (played)", "sasha", List.of("lead-architect"), "USASHA", null),
            new Person("Kim Adler (played)", "kim", List.of("on-call"), "UKIM", null));
    /** Who asks for the release; decides nothing in it. */
    static final String REQUESTER = "dana";

    /** Real time for which a card is waited for before the release's time passes on. */
    private static final int GLANCES = 80;
    /** Of the release's time: the post may have failed and be tried again. */
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private static final int DIALOG_PATIENCE = 12;

    private final SlackStandIn slack;
    private final Clock clock;
    private final Set<String> answered = new HashSet<>();
    private final PlayedKey requesterKey = new PlayedKey();

    PlayedTeam(SlackStandIn slack, Clock clock) {
        this.slack = slack;
        this.clock = clock;
    }

    /** The worker's configuration in this world, with these people in it. */
    WorkerConfig worker(SandboxWorld world) {
        return new WorkerConfig(
                null,
                "demo",
                new WorkerConfig.Listen("127.0.0.1", 0),
                Map.of(SandboxWorld.ENVIRONMENT, new WorkerConfig.Environment(world.connections(), world.secrets())),
                withRequester(),
                new WorkerConfig.ProofsConfig(world.secret("proof-key"), null),
                new WorkerConfig.SlackApp(
                        world.secret("slack-token"), null, world.secret("slack-signing"), slack.baseUrl()),
                null,
                null,
                null,
                null);
    }

    private List<Person> withRequester() {
        List<Person> all = new ArrayList<>(PEOPLE);
        all.add(new Person("Dana Ruiz (played)", REQUESTER, List.of(), null, requesterKey.publicKey()));
        return all;
    }

    /** Signs a request, as the one who asks for the release does. */
    ReleaseRequest signed(ReleaseRequest request) {
        return request.proved(requesterKey.sign(request.claim().statement()));
    }

    /** Where the worker hears Slack. */
    URI receiver(LongwatchWorker worker) {
        return URI.create("http://127.0.0.1:" + worker.address().getPort() + "/slack/events");
    }

    /** Answers the open questions that people answer with yes. */
    @Override
    public boolean answer(ReleaseRecord record) {
        return answer(record.questions());
    }

    boolean answer(List<Question> questions) {
        boolean any = false;
        for (Question question : questions) {
            any |= answers(question) && answer(question, question.verbs().get(0));
        }
        return any;
    }

    private static boolean answers(Question question) {
        return switch (question.kind()) {
            case GATE, ITEM, CONFIRMATION, SIGN_OFF -> true;
            default -> false;
        };
    }

    /**
     * Answers one question with a verb that it takes; false while no card asks it yet.
     *
     * @throws IllegalStateException if none does for long after it was asked
     */
    boolean answer(Question question, Verb verb) {
        String button = "longwatch.answer." + verb.word();
        for (int i = 0; i < GLANCES; i++) {
            Optional<Shown> card = card(question, button);
            if (card.isPresent()) {
                for (Person person : PEOPLE) {
                    if (person.roles().stream().anyMatch(question.roles()::contains)) {
                        press(person, card.get(), button);
                    }
                }
                pause();
                return true;
            }
            pause();
        }
        if (question.askedAt().plus(PATIENCE).isBefore(clock.instant())) {
            throw new IllegalStateException(
                    "no card in Slack asks '" + question.title() + "', which is open since " + question.askedAt());
        }
        return false;
    }

    private void press(Person person, Shown card, String button) {
        if (answered.add(person.id() + card.id())) {
            String user = String.valueOf(person.slack());
            try {
                slack.click(user, card, button);
            } catch (SlackStandIn.NoButton answeredMeanwhile) {
                return;
            }
            fillIn(user);
        }
    }

    /** Where a click is answered by a dialog that asks for words, they write some. */
    private void fillIn(String user) {
        for (int i = 0; i < DIALOG_PATIENCE; i++) {
            if (slack.dialogOf(user).isPresent()) {
                slack.submit(user, "Seen in the demo; a link would stand here");
                return;
            }
            pause();
        }
    }

    private Optional<Shown> card(Question question, String button) {
        return slack.messages().stream()
                .filter(shown -> shown.buttons().contains(button))
                .filter(shown -> shown.blocks().toString().contains(question.digest()))
                .filter(shown -> shown.blocks().toString().contains(question.subject()))
                .findFirst();
    }

    private static void pause() {
        try {
            Thread.sleep(25);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", e);
        }
    }
}
