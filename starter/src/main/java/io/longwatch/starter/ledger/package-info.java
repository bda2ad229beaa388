/** Releases that Temporal no longer knows, read from the ledger. */
@NullMarked
package io.longwatch.starter.ledger;

import org.jspecify.annotations.NullMarked;
