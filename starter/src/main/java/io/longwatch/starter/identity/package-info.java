/** Who speaks on the command line, and what shows it. */
@NullMarked
package io.longwatch.starter.identity;

import org.jspecify.annotations.NullMarked;
