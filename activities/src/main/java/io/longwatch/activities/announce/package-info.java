/** What a release tells people, in Slack: its thread and the cards of its questions. */
@NullMarked
package io.longwatch.activities.announce;

import org.jspecify.annotations.NullMarked;
