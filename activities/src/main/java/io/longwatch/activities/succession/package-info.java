/** What a release leaves to the one that takes its place. */
@NullMarked
package io.longwatch.activities.succession;

import org.jspecify.annotations.NullMarked;
