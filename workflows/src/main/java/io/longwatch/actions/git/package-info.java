/** What a release can ask of a Git repository. */
@NullMarked
package io.longwatch.actions.git;

import org.jspecify.annotations.NullMarked;
