package io.longwatch.sandbox.rehearse;

import io.longwatch.plan.load.LoadedPlan.Loaded;
import io.longwatch.plan.load.Problem;
import io.longwatch.release.ReleaseState;
import io.longwatch.starter.CommandFailed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scenario as it is written down.
 *
 * @param title what happens, for people, or null
 * @param expect what the release ends as if the plan is right
 * @param scenario what happens
 */
record ScenarioFile(@Nullable String title, ReleaseState expect, Scenario scenario) {
    /** Everything goes well. */
    static final ScenarioFile NONE = new ScenarioFile(null, ReleaseState.SUCCEEDED, Scenario.CALM);

    private static final long MOST_BYTES = 1 << 16;

    /**
     * The scenario in a file.
     *
     * @throws CommandFailed with every problem if it fits no rehearsal of the plan
     */
    static ScenarioFile require(Path file, Loaded plan, PrintWriter err) {
        List<Problem> problems = new ArrayList<>();
        ScenarioFile read =
                new ScenarioReader(file.toString(), ScenarioNames.of(plan.plan()), problems).read(textOf(file));
        if (problems.isEmpty()) {
            return read;
        }
        problems.stream().sorted().forEach(err::println);
        throw CommandFailed.usage(
                file + " has " + problems.size() + (problems.size() == 1 ? " problem" : " problems"), null);
    }

    private static String textOf(Path file) {
        try {
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                throw CommandFailed.usage(
                        file + ":1:1: a scenario is at most 64 KiB, found " + size / 1024 + " KiB", null);
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw CommandFailed.usage(file + ":1:1: this is not UTF-8 text; save it as such", null, e);
        } catch (IOException e) {
            throw CommandFailed.usage(file + ":1:1: cannot be read: " + e.getMessage(), null, e);
        }
    }
}
