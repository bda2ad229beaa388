/** What a worker may use: the connections and secrets of one environment, and what an action knows of its attempt. */
@NullMarked
package io.longwatch.activities.connection;

import org.jspecify.annotations.NullMarked;
