/** What a release shows in the Temporal UI, asked of the server as the UI asks it. */
@NullMarked
package io.longwatch.system.ui;

import org.jspecify.annotations.NullMarked;
