/** What a release can ask of Kubernetes. */
@NullMarked
package io.longwatch.actions.kubernetes;

import org.jspecify.annotations.NullMarked;
