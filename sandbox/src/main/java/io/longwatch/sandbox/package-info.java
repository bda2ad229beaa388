/** The command line of the sandbox's jar. */
@NullMarked
package io.longwatch.sandbox;

import org.jspecify.annotations.NullMarked;
