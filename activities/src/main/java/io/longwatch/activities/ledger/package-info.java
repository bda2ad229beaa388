/**
 * Writes the ledger, a PostgreSQL database: pages of a release by an activity, and beside it, as they happen, what
 * activities saw: decisions, looks, results.
 */
@NullMarked
package io.longwatch.activities.ledger;

import org.jspecify.annotations.NullMarked;
