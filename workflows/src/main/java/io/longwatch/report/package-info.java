/** What is told of a release, made of its plan and its record: the boxes it ticked, its status, its report. */
@NullMarked
package io.longwatch.report;

import org.jspecify.annotations.NullMarked;
