/**
 * The demo: a whole release with the real actions in the sandbox's world, hours passed in virtual time. The worker, its
 * Slack receiver and the command line's views are those of production; people are played by clicks in the stand-in of
 * Slack.
 */
@NullMarked
package io.longwatch.sandbox.demo;

import org.jspecify.annotations.NullMarked;
