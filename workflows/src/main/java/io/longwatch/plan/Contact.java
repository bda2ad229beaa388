package io.longwatch.plan;

import org.jspecify.annotations.Nullable;

/**
 * Whom to call.
 *
 * @param name a person, a team or an office
 * @param role role held, or null
 * @param reach how: a channel, a phone number, an address
 */
public record Contact(String name, @Nullable String role, String reach) {}
