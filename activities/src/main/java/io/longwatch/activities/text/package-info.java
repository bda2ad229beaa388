/** Text that says no secret, and why something failed. */
@NullMarked
package io.longwatch.activities.text;

import org.jspecify.annotations.NullMarked;
