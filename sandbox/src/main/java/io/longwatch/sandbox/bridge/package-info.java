/** A stand-in of the service that the demo releases: it takes webhooks, and can be told to misbehave. */
@NullMarked
package io.longwatch.sandbox.bridge;

import org.jspecify.annotations.NullMarked;
