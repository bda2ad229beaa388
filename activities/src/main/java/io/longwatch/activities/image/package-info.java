/** Container images, by jib or an engine's command line, and their registry by the OCI distribution API. */
@NullMarked
package io.longwatch.activities.image;

import org.jspecify.annotations.NullMarked;
