/** The worker as a process: how it starts and stops, which build runs a release, what is told of it. */
@NullMarked
package io.longwatch.system.worker;

import org.jspecify.annotations.NullMarked;
