/** Who decides: the people a worker knows, and the proofs by which it knows that a decision is theirs. */
@NullMarked
package io.longwatch.activities.decision;

import org.jspecify.annotations.NullMarked;
