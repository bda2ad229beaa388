/** Secrets of a Kubernetes cluster, judged without being shown. */
@NullMarked
package io.longwatch.activities.secret;

import org.jspecify.annotations.NullMarked;
