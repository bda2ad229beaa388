/** What a release can ask of Kafka. */
@NullMarked
package io.longwatch.actions.kafka;

import org.jspecify.annotations.NullMarked;
