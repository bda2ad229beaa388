/** Git, by JGit: no working tree but for {@link io.longwatch.activities.git.Checkout}, nothing left on the worker. */
@NullMarked
package io.longwatch.activities.git;

import org.jspecify.annotations.NullMarked;
