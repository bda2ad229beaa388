/**
 * A part of PromQL, parsed and evaluated by hand for the stand-in of Prometheus.
 *
 * <p>Modelled, as Prometheus 2.42 does it: numbers, strings, selectors with {@code = != =~ !~}, range vectors,
 * {@code offset}; arithmetic, comparisons with and without {@code bool}, {@code and or unless}, one-to-one matching with
 * {@code on} and {@code ignoring}; {@code sum avg max min count} with {@code by} and {@code without}; {@code rate
 * increase delta irate deriv predict_linear changes resets}, {@code avg max min sum count last present quantile} over
 * time, {@code histogram_quantile absent absent_over_time clamp_min clamp_max abs ceil floor scalar vector time}.
 *
 * <p>Not modelled, and refused as bad data: subqueries, {@code @}, negative offsets, {@code group_left} and
 * {@code group_right}, native histograms, every other function and aggregation.
 */
@NullMarked
package io.longwatch.sandbox.prometheus.promql;

import org.jspecify.annotations.NullMarked;
