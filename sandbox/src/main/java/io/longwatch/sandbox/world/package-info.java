/** Everything that the demo's release touches, started together on this machine and gone at the end. */
@NullMarked
package io.longwatch.sandbox.world;

import org.jspecify.annotations.NullMarked;
