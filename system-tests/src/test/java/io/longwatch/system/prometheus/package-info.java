/** The prometheus actions on a real Prometheus. */
@NullMarked
package io.longwatch.system.prometheus;

import org.jspecify.annotations.NullMarked;
