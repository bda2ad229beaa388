/** What a release can ask about secrets, without ever seeing one. */
@NullMarked
package io.longwatch.actions.secret;

import org.jspecify.annotations.NullMarked;
