package io.longwatch.actions.command;

import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Field;

/** Result of {@code command.run}. */
public record RunResult(
        @Field(value = "Exit code, always 0: any other fails the step", example = "0")
        int exitCode,

        @Field(value = "How long it ran", unit = "ms", example = "2150")
        long millis,

        @Field(value = "The end of its output, at most 4 KiB, secrets masked", example = "12 of 12 passed")
        String tail,

        @Field(value = "How it ended", example = "smoke-test ended with 0 after 2.2 s: 12 of 12 passed")
        String summary)
        implements ActionResult {}
