/** Looks of a soak: what a window's checks see, and when to look again. */
@NullMarked
package io.longwatch.activities.soak;

import org.jspecify.annotations.NullMarked;
