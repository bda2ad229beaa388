/** Kafka, by its own Admin and Consumer clients. */
@NullMarked
package io.longwatch.activities.kafka;

import org.jspecify.annotations.NullMarked;
