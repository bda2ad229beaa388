/** Text that stays within the budget of a step's result and says no secret. */
@NullMarked
package io.longwatch.activities.text;

import org.jspecify.annotations.NullMarked;
