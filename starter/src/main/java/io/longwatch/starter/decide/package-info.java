/** What people say to a release from the command line: a verb, a class. */
@NullMarked
package io.longwatch.starter.decide;

import org.jspecify.annotations.NullMarked;
