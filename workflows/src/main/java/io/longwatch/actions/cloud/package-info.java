/** What a release can ask of a cloud provider. */
@NullMarked
package io.longwatch.actions.cloud;

import org.jspecify.annotations.NullMarked;
