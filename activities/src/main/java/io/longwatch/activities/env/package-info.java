/** Environment variables of containers, from a manifest or a live Deployment. */
@NullMarked
package io.longwatch.activities.env;

import org.jspecify.annotations.NullMarked;
