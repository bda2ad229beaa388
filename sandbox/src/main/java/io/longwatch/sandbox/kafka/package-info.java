/** A real Kafka broker for the sandbox. */
@NullMarked
package io.longwatch.sandbox.kafka;

import org.jspecify.annotations.NullMarked;
