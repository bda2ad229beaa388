/** The worker process, and the doctor that looks whether it would be well. */
@NullMarked
package io.longwatch.starter.process;

import org.jspecify.annotations.NullMarked;
