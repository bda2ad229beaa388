/** What a release can ask of PostgreSQL. */
@NullMarked
package io.longwatch.actions.postgres;

import org.jspecify.annotations.NullMarked;
