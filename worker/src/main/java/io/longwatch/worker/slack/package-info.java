/** Receives what people press in Slack and hands it to the release as decisions. */
@NullMarked
package io.longwatch.worker.slack;

import org.jspecify.annotations.NullMarked;
