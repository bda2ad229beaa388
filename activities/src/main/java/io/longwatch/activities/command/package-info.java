/** Commands that the worker's configuration allows by name. */
@NullMarked
package io.longwatch.activities.command;

import org.jspecify.annotations.NullMarked;
