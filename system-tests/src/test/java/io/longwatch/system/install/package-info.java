/** What {@code install/} holds, tried on the real servers. */
@NullMarked
package io.longwatch.system.install;

import org.jspecify.annotations.NullMarked;
