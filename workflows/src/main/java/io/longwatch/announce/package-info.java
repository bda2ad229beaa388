/** What a release tells people while it runs: the thread in Slack and the cards of its questions. */
@NullMarked
package io.longwatch.announce;

import org.jspecify.annotations.NullMarked;
