/** Redis, by Jedis. */
@NullMarked
package io.longwatch.activities.redis;

import org.jspecify.annotations.NullMarked;
