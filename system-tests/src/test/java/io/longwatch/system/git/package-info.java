/** The git actions on a repository that Git itself serves. */
@NullMarked
package io.longwatch.system.git;

import org.jspecify.annotations.NullMarked;
