/** A stand-in for AWS. */
@NullMarked
package io.longwatch.sandbox.cloud;

import org.jspecify.annotations.NullMarked;
