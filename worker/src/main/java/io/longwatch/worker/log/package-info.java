/** How log lines look. */
@NullMarked
package io.longwatch.worker.log;

import org.jspecify.annotations.NullMarked;
