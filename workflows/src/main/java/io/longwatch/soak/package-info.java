/**
 * The soak: what a look measures, how measurements count, when a window has a verdict. Pure state machines; the looks
 * themselves are an activity.
 */
@NullMarked
package io.longwatch.soak;

import org.jspecify.annotations.NullMarked;
