/** Text kept within bounds, and its digest. */
@NullMarked
package io.longwatch.text;

import org.jspecify.annotations.NullMarked;
