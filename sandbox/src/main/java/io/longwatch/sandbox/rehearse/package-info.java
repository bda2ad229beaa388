/**
 * Rehearsals: the real release workflow in virtual time, on Temporal's in-memory server, with every action simulated
 * from its contract. Nothing real is touched. A simulated action is a stand-in: it does nothing and answers what its
 * contract gives as an example, bent to what the plan expects.
 */
@NullMarked
package io.longwatch.sandbox.rehearse;

import org.jspecify.annotations.NullMarked;
