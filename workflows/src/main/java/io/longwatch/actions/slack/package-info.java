/** What a release can ask of Slack. */
@NullMarked
package io.longwatch.actions.slack;

import org.jspecify.annotations.NullMarked;
