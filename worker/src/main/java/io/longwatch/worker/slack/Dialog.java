package io.longwatch.worker.slack;

import static com.slack.api.model.block.Blocks.asBlocks;
import static com.slack.api.model.block.Blocks.input;
import static com.slack.api.model.block.composition.BlockCompositions.plainText;

import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewClose;
import com.slack.api.model.view.ViewState;
import com.slack.api.model.view.ViewSubmit;
import com.slack.api.model.view.ViewTitle;
import io.longwatch.decision.Verb;
import java.util.Map;
import java.util.Optional;

/** What a verb needs in words besides the button. */
enum Dialog {
    REASON("Why?", "It stands in the release's record."),
    EVIDENCE("What shows it?", "A link, or what you have seen."),
    DURATION("By how long?", "As 30m or 2h."),
    TIME("To when?", "As 2026-11-21T14:00:00Z.");

    /** Callback id of every dialog. */
    static final String CALLBACK = "longwatch.dialog";

    private static final String FIELD = "words";
    private static final int LONGEST = 1000;

    private final String label;
    private final String hint;

    Dialog(String label, String hint) {
        this.label = label;
        this.hint = hint;
    }

    /** The dialog that a verb opens, if it needs words. */
    static Optional<Dialog> of(Verb verb) {
        return switch (verb) {
            case REJECT, WAIVE, SKIP -> Optional.of(REASON);
            case ATTEST -> Optional.of(EVIDENCE);
            case EXTEND -> Optional.of(DURATION);
            case RESCHEDULE -> Optional.of(TIME);
            default -> Optional.empty();
        };
    }

    View view(Press press) {
        String word = press.answer().verb().word();
        return View.builder()
                .type("modal")
                .callbackId(CALLBACK)
                .privateMetadata(press.toJson())
                .title(ViewTitle.builder().type("plain_text").text("To " + word).build())
                .submit(ViewSubmit.builder().type("plain_text").text("Send").build())
                .close(ViewClose.builder().type("plain_text").text("Not now").build())
                .blocks(asBlocks(input(block -> block.blockId(FIELD)
                        .label(plainText(label))
                        .hint(plainText(hint))
                        .element(PlainTextInputElement.builder()
                                .actionId(FIELD)
                                .multiline(this == REASON || this == EVIDENCE)
                                .maxLength(LONGEST)
                                .build()))))
                .build();
    }

    /** What was written. */
    Press.Words words(ViewState state) {
        ViewState.Value value = state.getValues().getOrDefault(FIELD, Map.of()).get(FIELD);
        String text = value == null || value.getValue() == null
                ? ""
                : value.getValue().strip();
        return switch (this) {
            case REASON -> new Press.Words(text, null, null);
            case EVIDENCE -> new Press.Words(null, text, null);
            case DURATION, TIME -> new Press.Words(null, null, text);
        };
    }
}
