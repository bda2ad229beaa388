package io.longwatch.expression;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What expressions know as {@code release}.
 *
 * @param id release id
 * @param service service released
 * @param environment environment released to
 * @param requester who asked for it
 * @param startedAt when the release began
 * @param deployAt T: the deployment time that is planned
 * @param deployedAt end of the deploy phase; null before
 */
public record ReleaseFacts(
        String id,
        String service,
        String environment,
        String requester,
        Instant startedAt,
        Instant deployAt,
        @Nullable Instant deployedAt) {}
