/** What a release can ask of Grafana. */
@NullMarked
package io.longwatch.actions.grafana;

import org.jspecify.annotations.NullMarked;
