/** The generated part of the documentation: the plan reference and the catalogue of actions. */
@NullMarked
package io.longwatch.starter.docs;

import org.jspecify.annotations.NullMarked;
