/** The JSON Schema of plans, for editors: completion, descriptions and a first check while someone types. */
@NullMarked
package io.longwatch.plan.schema;

import org.jspecify.annotations.NullMarked;
