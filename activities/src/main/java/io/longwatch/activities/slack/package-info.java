/** Slack, by its Web API. */
@NullMarked
package io.longwatch.activities.slack;

import org.jspecify.annotations.NullMarked;
