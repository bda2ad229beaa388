/** The ledger: what remains of a release after Temporal's retention. */
@NullMarked
package io.longwatch.ledger;

import org.jspecify.annotations.NullMarked;
