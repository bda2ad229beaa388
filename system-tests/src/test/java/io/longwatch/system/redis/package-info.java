/** The redis actions on a real Redis. */
@NullMarked
package io.longwatch.system.redis;

import org.jspecify.annotations.NullMarked;
