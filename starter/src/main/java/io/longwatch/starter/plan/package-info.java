/** Plans on disk, and the commands that look at them. */
@NullMarked
package io.longwatch.starter.plan;

import org.jspecify.annotations.NullMarked;
