/** A real Redis server for the sandbox. */
@NullMarked
package io.longwatch.sandbox.redis;

import org.jspecify.annotations.NullMarked;
