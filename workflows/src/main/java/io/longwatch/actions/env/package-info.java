/** What a release can ask about the environment variables of a container. */
@NullMarked
package io.longwatch.actions.env;

import org.jspecify.annotations.NullMarked;
