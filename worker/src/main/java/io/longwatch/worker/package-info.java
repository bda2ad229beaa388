/** The process that runs a release's workflows and activities. */
@NullMarked
package io.longwatch.worker;

import org.jspecify.annotations.NullMarked;
