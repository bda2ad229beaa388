/** What a release can ask a worker to run. */
@NullMarked
package io.longwatch.actions.command;

import org.jspecify.annotations.NullMarked;
