/** Temporal's own configuration, read and checked before anything connects: for the worker and the command line alike. */
@NullMarked
package io.longwatch.temporal;

import org.jspecify.annotations.NullMarked;
