/** A stand-in for a container registry. */
@NullMarked
package io.longwatch.sandbox.registry;

import org.jspecify.annotations.NullMarked;
