/** What a release can ask of anything that speaks HTTP. */
@NullMarked
package io.longwatch.actions.http;

import org.jspecify.annotations.NullMarked;
