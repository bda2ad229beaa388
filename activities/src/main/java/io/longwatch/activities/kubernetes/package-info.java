/** Kubernetes, by fabric8's client. */
@NullMarked
package io.longwatch.activities.kubernetes;

import org.jspecify.annotations.NullMarked;
