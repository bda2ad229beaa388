/** Longwatch on a real Temporal server. */
@NullMarked
package io.longwatch.system.temporal;

import org.jspecify.annotations.NullMarked;
