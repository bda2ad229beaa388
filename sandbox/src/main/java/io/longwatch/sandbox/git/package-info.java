/** A Git remote in a folder. */
@NullMarked
package io.longwatch.sandbox.git;

import org.jspecify.annotations.NullMarked;
