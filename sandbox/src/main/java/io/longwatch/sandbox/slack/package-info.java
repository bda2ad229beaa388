/** A stand-in for Slack: its Web API, its buttons and dialogs, its socket. */
@NullMarked
package io.longwatch.sandbox.slack;

import org.jspecify.annotations.NullMarked;
