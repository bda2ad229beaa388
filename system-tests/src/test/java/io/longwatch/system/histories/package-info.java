/** Histories of releases as a real Temporal server writes them, recorded for the replay in the build. */
@NullMarked
package io.longwatch.system.histories;

import org.jspecify.annotations.NullMarked;
