/** The command line: {@link io.longwatch.starter.Longwatch} is its main class, {@link io.longwatch.starter.Exit} its exit codes. */
@NullMarked
package io.longwatch.starter;

import org.jspecify.annotations.NullMarked;
