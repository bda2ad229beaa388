/** Which boxes of a checklist a plan answers, and by what. */
@NullMarked
package io.longwatch.plan.coverage;

import org.jspecify.annotations.NullMarked;
