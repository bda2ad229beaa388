/**
 * The grammar of actions: how a contract says what it does, what it needs and how it meets a repeat.
 *
 * <p>Contracts themselves stand in {@code io.longwatch.actions}, a package per system; the catalogue, the type check of
 * plans, the JSON Schema and the reference pages are all read from them by {@link io.longwatch.contract.ActionCatalog}.
 */
@NullMarked
package io.longwatch.contract;

import org.jspecify.annotations.NullMarked;
