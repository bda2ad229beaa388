/** What a release can ask of Redis. */
@NullMarked
package io.longwatch.actions.redis;

import org.jspecify.annotations.NullMarked;
