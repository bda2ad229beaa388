/** Grafana, by its HTTP API. */
@NullMarked
package io.longwatch.activities.grafana;

import org.jspecify.annotations.NullMarked;
