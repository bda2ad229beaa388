/** The contracts of actions, a package per system, and the list of them. */
@NullMarked
package io.longwatch.actions;

import org.jspecify.annotations.NullMarked;
