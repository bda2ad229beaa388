/** Managed resources of AWS, by its SDK. */
@NullMarked
package io.longwatch.activities.cloud;

import org.jspecify.annotations.NullMarked;
