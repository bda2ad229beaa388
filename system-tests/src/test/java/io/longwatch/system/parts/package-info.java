/** The real servers that the tests run against: where they are installed, how each is started on loopback and stopped. */
@NullMarked
package io.longwatch.system.parts;

import org.jspecify.annotations.NullMarked;
