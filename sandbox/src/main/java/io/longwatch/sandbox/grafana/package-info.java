/** A stand-in of Grafana over the stand-in of Prometheus. */
@NullMarked
package io.longwatch.sandbox.grafana;

import org.jspecify.annotations.NullMarked;
