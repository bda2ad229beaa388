/** What a release can ask of container images and their registry. */
@NullMarked
package io.longwatch.actions.image;

import org.jspecify.annotations.NullMarked;
