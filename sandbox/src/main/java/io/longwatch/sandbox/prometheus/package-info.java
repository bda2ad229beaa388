/** A stand-in of Prometheus whose series are functions of time. */
@NullMarked
package io.longwatch.sandbox.prometheus;

import org.jspecify.annotations.NullMarked;
