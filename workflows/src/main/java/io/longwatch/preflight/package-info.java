/** What a plan needs of the workers of its environment, asked before its release begins. */
@NullMarked
package io.longwatch.preflight;

import org.jspecify.annotations.NullMarked;
