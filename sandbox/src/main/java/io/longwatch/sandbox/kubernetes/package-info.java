/**
 * A stand-in of the Kubernetes API: a small model with an object store, server-side apply, and controllers that move by
 * an injected clock.
 */
@NullMarked
package io.longwatch.sandbox.kubernetes;

import org.jspecify.annotations.NullMarked;
