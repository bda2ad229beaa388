/** Decisions of people: one record and one validation, whatever channel they come by. */
@NullMarked
package io.longwatch.decision;

import org.jspecify.annotations.NullMarked;
