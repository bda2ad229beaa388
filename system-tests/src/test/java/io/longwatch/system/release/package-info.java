/** A whole release as its users run it: processes of their own, real servers, and what happens if any of them dies. */
@NullMarked
package io.longwatch.system.release;

import org.jspecify.annotations.NullMarked;
