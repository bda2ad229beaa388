/** The Kubernetes actions against a real control plane. */
@NullMarked
package io.longwatch.system.kubernetes;

import org.jspecify.annotations.NullMarked;
