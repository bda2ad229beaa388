package io.longwatch.actions.http;

import io.longwatch.contract.Field;
import org.jspecify.annotations.Nullable;

/** How one request was answered. */
public record CaseResult(
        @Field(value = "Name of the case", example = "oura") String name,

        @Field(value = "Status of the answer", example = "202")
        int status,

        @Field(value = "Whether the answer was as expected", example = "true")
        boolean ok,

        @Field(value = "Time from request to the end of the answer", unit = "ms", example = "14")
        long millis,

        @Field(value = "What was not as expected; absent where all was", example = "status 401, expected 202") @Nullable
        String problem) {}
