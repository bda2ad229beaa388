/** The kafka actions on a real Kafka. */
@NullMarked
package io.longwatch.system.kafka;

import org.jspecify.annotations.NullMarked;
