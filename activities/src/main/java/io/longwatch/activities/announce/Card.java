package io.longwatch.activities.announce;

import static com.slack.api.model.block.Blocks.actions;
import static com.slack.api.model.block.Blocks.context;
import static com.slack.api.model.block.Blocks.divider;
import static com.slack.api.model.block.Blocks.header;
import static com.slack.api.model.block.Blocks.section;
import static com.slack.api.model.block.composition.BlockCompositions.markdownText;
import static com.slack.api.model.block.composition.BlockCompositions.plainText;
import static java.util.stream.Collectors.joining;

import com.slack.api.model.block.LayoutBlock;
import io.longwatch.activities.decision.People;
import io.longwatch.activities.decision.Person;
import io.longwatch.activities.slack.SlackMessage;
import io.longwatch.announce.Announcement;
import io.longwatch.decision.Question;
import io.longwatch.text.Bounded;
import java.util.ArrayList;
import java.util.List;

/**
 * An announcement as Slack shows it, within Slack's limits: headline, lines, and for an open question who is asked, until
 * when, what silence means, and the buttons. A settled one has its outcome where the buttons stood.
 */
final class Card {
    private static final int LONGEST_HEADER = 150;
    private static final int LONGEST_SECTION = 1500;
    private static final int MOST_SECTIONS = 2;
    private static final int MOST_MENTIONS = 20;

    private final String release;
    private final Announcement announcement;
    private final People people;

    Card(String release, Announcement announcement, People people) {
        this.release = release;
        this.announcement = announcement;
        this.people = people;
    }

    SlackMessage message() {
        return new SlackMessage(release + "/" + announcement.key(), notification(), blocks());
    }

    private String notification() {
        String settled = announcement.settled() == null ? "" : ": " + announcement.settled();
        return Mrkdwn.gather(List.of(headline() + settled), LONGEST_SECTION).get(0);
    }

    List<LayoutBlock> blocks() {
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(header(block -> block.text(plainText(Bounded.cut(headline(), LONGEST_HEADER), true))));
        addSections(blocks, announcement.lines());
        if (announcement.question() != null) {
            addQuestion(blocks, announcement.question());
        }
        if (!announcement.calls().isEmpty()) {
            blocks.add(text("*Called:* " + people(announcement.calls(), " or ")));
        }
        if (announcement.settled() != null) {
            blocks.add(divider());
            addSections(blocks, List.of(announcement.settled()));
        }
        blocks.add(small(Mrkdwn.escape(release)));
        return blocks;
    }

    private String headline() {
        String title = announcement.title().isBlank() ? release : announcement.title();
        return switch (announcement.tone()) {
            case NEUTRAL -> title;
            case GOOD -> ":white_check_mark: " + title;
            case ATTENTION -> ":warning: " + title;
            case BAD -> ":rotating_light: " + title;
        };
    }

    private void addQuestion(List<LayoutBlock> blocks, Question question) {
        addSections(blocks, question.details());
        if (!question.answeredBy().isEmpty()) {
            addSections(blocks, List.of("Answered so far: " + String.join(", ", question.answeredBy())));
        }
        if (announcement.settled() == null) {
            blocks.add(text("*Asked:* " + asked(question)));
            blocks.add(small(deadline(question)));
            if (!question.verbs().isEmpty()) {
                blocks.add(
                        actions("longwatch.answers", new Buttons(release, announcement.workflowId(), question).all()));
            }
        }
    }

    private String asked(Question question) {
        if (question.roles().isEmpty()) {
            return "anyone of the release's people";
        }
        return people(question.roles(), question.kind() == Question.Kind.GATE ? " and " : " or ");
    }

    /** Roles, and who holds them. */
    private String people(List<String> any, String between) {
        String mentions = people.holding(any).stream()
                .map(Card::mention)
                .limit(MOST_MENTIONS)
                .collect(joining(", "));
        String roles = Mrkdwn.gather(List.of(String.join(between, any)), LONGEST_SECTION / 3)
                .get(0);
        return mentions.isEmpty() ? roles : roles + " (" + mentions + ")";
    }

    private static String mention(Person person) {
        return person.slack() == null ? Mrkdwn.escape(Bounded.cut(person.name(), 60)) : "<@" + person.slack() + ">";
    }

    private static String deadline(Question question) {
        if (question.deadline() == null) {
            return "No deadline.";
        }
        return "Until " + Mrkdwn.time(question.deadline()) + "; without an answer: "
                + Mrkdwn.escape(Bounded.cut(question.onDeadline(), 500)) + ".";
    }

    private static void addSections(List<LayoutBlock> blocks, List<String> lines) {
        List<String> texts = Mrkdwn.gather(lines, LONGEST_SECTION);
        // Slack takes 3,000 characters a section, but only about 13,000 in a message as a whole.
        texts.stream().limit(MOST_SECTIONS).forEach(text -> blocks.add(text(text)));
        if (texts.size() > MOST_SECTIONS) {
            blocks.add(small("... and more; the whole stands in the release's report"));
        }
    }

    private static LayoutBlock text(String mrkdwn) {
        return section(block -> block.text(markdownText(mrkdwn)));
    }

    private static LayoutBlock small(String mrkdwn) {
        return context(List.of(markdownText(mrkdwn)));
    }
}
