/** The image actions on a real registry, with real builders. */
@NullMarked
package io.longwatch.system.image;

import org.jspecify.annotations.NullMarked;
