/** The demo as its users run it, a process of its own. */
@NullMarked
package io.longwatch.system.demo;

import org.jspecify.annotations.NullMarked;
