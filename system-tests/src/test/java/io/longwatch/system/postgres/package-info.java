/** The postgres actions on a real PostgreSQL. */
@NullMarked
package io.longwatch.system.postgres;

import org.jspecify.annotations.NullMarked;
