/** A real PostgreSQL server for the sandbox. */
@NullMarked
package io.longwatch.sandbox.postgres;

import org.jspecify.annotations.NullMarked;
