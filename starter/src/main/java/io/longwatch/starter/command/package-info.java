/** The commands, a class each. */
@NullMarked
package io.longwatch.starter.command;

import org.jspecify.annotations.NullMarked;
