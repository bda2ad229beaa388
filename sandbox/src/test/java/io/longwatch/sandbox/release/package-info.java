/** The release workflow tried hard: tiny plans in virtual time, asserted on what the history records. */
@NullMarked
package io.longwatch.sandbox.release;

import org.jspecify.annotations.NullMarked;
