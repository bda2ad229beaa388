package io.longwatch.activities.slack;

import com.slack.api.model.block.LayoutBlock;
import java.util.List;

/**
 * What is posted.
 *
 * @param key by which a repeat finds it
 * @param text what notifications and old clients show; the message itself where there are no blocks
 * @param blocks its layout, may be empty
 */
public record SlackMessage(String key, String text, List<LayoutBlock> blocks) {
    public SlackMessage {
        blocks = List.copyOf(blocks);
    }
}
