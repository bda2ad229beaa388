/** The way to Temporal: connection, finding releases, sending decisions. */
@NullMarked
package io.longwatch.starter.temporal;

import org.jspecify.annotations.NullMarked;
