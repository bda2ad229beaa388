/** The worker's configuration: a YAML file, read into validated records, with every problem at its place. */
@NullMarked
package io.longwatch.worker.config;

import org.jspecify.annotations.NullMarked;
