/**
 * The normalised release plan: what a plan.yaml says once it is loaded, checked and bound to its parameters. Pure data,
 * pinned in the release's request; reading YAML is {@code io.longwatch.plan.load}'s business.
 */
@NullMarked
package io.longwatch.plan;

import org.jspecify.annotations.NullMarked;
