/**
 * Expressions of plans: CEL, type-checked against the actions' records when a plan is loaded and evaluated over plain
 * values while a release runs. Deterministic; used by workflow code.
 */
@NullMarked
package io.longwatch.expression;

import org.jspecify.annotations.NullMarked;
