/** What a release can ask of Prometheus. */
@NullMarked
package io.longwatch.actions.prometheus;

import org.jspecify.annotations.NullMarked;
