/** Prometheus, by its HTTP API. */
@NullMarked
package io.longwatch.activities.prometheus;

import org.jspecify.annotations.NullMarked;
