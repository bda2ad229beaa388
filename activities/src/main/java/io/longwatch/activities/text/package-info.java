/** Text that says no secret. */
@NullMarked
package io.longwatch.activities.text;

import org.jspecify.annotations.NullMarked;
