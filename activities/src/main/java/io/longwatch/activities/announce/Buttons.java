package io.longwatch.activities.announce;

import static com.slack.api.model.block.composition.BlockCompositions.plainText;

import com.slack.api.model.block.composition.ConfirmationDialogObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.ButtonElement;
import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.text.Bounded;
import java.util.List;
import java.util.Locale;

/** The buttons of a question, one for each verb that may answer it. */
final class Buttons {
    private static final int LONGEST_CONFIRMATION = 300;
    private final String release;
    private final String workflowId;
    private final Question question;

    Buttons(String release, String workflowId, Question question) {
        this.release = release;
        this.workflowId = workflowId;
        this.question = question;
    }

    List<BlockElement> all() {
        return question.verbs().stream().distinct().map(this::button).toList();
    }

    private BlockElement button(Verb verb) {
        Answer answer = new Answer(release, workflowId, question.subject(), question.digest(), verb);
        var button = ButtonElement.builder()
                .actionId(answer.actionId())
                .text(plainText(label(verb)))
                .value(answer.toValue());
        return switch (verb) {
            case APPROVE, SIGN, ATTEST, CONFIRM -> button.style("primary").build();
            case REJECT, ABORT, ROLLBACK ->
                button.style("danger").confirm(areYouSure(verb)).build();
            default -> button.build();
        };
    }

    private ConfirmationDialogObject areYouSure(Verb verb) {
        String what = verb.word() + ": " + question.title();
        return ConfirmationDialogObject.builder()
                .title(plainText("Are you sure?"))
                .text(plainText(Bounded.cut(what, LONGEST_CONFIRMATION)))
                .confirm(plainText(label(verb)))
                .deny(plainText("Not now"))
                .style("danger")
                .build();
    }

    private static String label(Verb verb) {
        return verb == Verb.ROLLBACK
                ? "Roll back"
                : verb.word().substring(0, 1).toUpperCase(Locale.ROOT)
                        + verb.word().substring(1);
    }
}
