package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A change of one object.
 *
 * @param revision resource version that the change made
 * @param kind kind of the object
 * @param before the object before, absent when it was created
 * @param after the object after; when it was deleted its last state
 * @param deleted whether it was deleted
 */
record StoreEvent(long revision, Kind kind, @Nullable ObjectNode before, ObjectNode after, boolean deleted) {}
