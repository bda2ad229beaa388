/** A release on a terminal, drawn anew as it goes on. */
@NullMarked
package io.longwatch.starter.view;

import org.jspecify.annotations.NullMarked;
