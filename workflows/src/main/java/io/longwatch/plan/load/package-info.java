/**
 * From the text of a plan.yaml to the normalised plan, with every problem at once, each at its line and column. Does no
 * I/O: text comes in as a string, the plan's files through {@link io.longwatch.plan.load.PlanFiles}.
 *
 * <p>{@code YamlTree} reads the text into located nodes, {@code PlanIndex} notes what is declared where, one reader per
 * part of a plan makes its records, and {@code BoxCheck} looks at the whole. A reader that meets a problem notes it and
 * goes on with a stand-in value, so that one mistake is one message.
 */
@NullMarked
package io.longwatch.plan.load;

import org.jspecify.annotations.NullMarked;
