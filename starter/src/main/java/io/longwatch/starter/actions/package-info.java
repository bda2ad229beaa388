/** The reference of actions, read from their contracts, for the terminal and for the documentation. */
@NullMarked
package io.longwatch.starter.actions;

import org.jspecify.annotations.NullMarked;
