package io.longwatch.actions.command;

import io.longwatch.contract.Field;

/** What {@code command.run} made sure of before it. */
public record RunBefore(
        @Field(value = "Program that the name stands for", example = "/opt/bridge/bin/smoke-test")
        String program) {}
