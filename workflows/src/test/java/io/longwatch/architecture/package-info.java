/** What the module may depend on, and what it promises of itself. */
@NullMarked
package io.longwatch.architecture;

import org.jspecify.annotations.NullMarked;
