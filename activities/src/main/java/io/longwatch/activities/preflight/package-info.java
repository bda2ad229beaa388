/** What a worker says of its configuration before a release begins. */
@NullMarked
package io.longwatch.activities.preflight;

import org.jspecify.annotations.NullMarked;
