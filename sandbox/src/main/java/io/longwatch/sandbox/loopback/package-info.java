/** Where the servers of the sandbox listen: on loopback, on ports that nobody else takes. */
@NullMarked
package io.longwatch.sandbox.loopback;

import org.jspecify.annotations.NullMarked;
