/** PostgreSQL, by pgjdbc and HikariCP. */
@NullMarked
package io.longwatch.activities.postgres;

import org.jspecify.annotations.NullMarked;
