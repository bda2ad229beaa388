package io.longwatch.starter.plan;

import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.Source;
import io.longwatch.plan.coverage.ChecklistBox;
import io.longwatch.plan.coverage.ChecklistBoxes;
import io.longwatch.starter.CommandFailed;
import io.longwatch.text.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A checklist compared with what a plan says of it.
 *
 * @param boxes its boxes; none if it was not given
 * @param problems how it differs
 */
record SourceCheck(List<ChecklistBox> boxes, List<String> problems) {
    SourceCheck {
        boxes = List.copyOf(boxes);
        problems = List.copyOf(problems);
    }

    static SourceCheck of(@Nullable Path file, ReleasePlan plan) {
        Source source = plan.source();
        if (file == null) {
            return new SourceCheck(List.of(), List.of());
        }
        if (source == null) {
            throw CommandFailed.usage("the plan names no checklist; write source:", null);
        }
        byte[] bytes = read(file);
        List<ChecklistBox> boxes = ChecklistBoxes.parse(new String(bytes, StandardCharsets.UTF_8));
        List<String> problems = new ArrayList<>();
        String digest = Sha256.hex(bytes);
        if (!digest.equals(source.sha256().toLowerCase(Locale.ROOT))) {
            problems.add(file + ":1:1: SHA-256 is " + digest + ", the plan says " + source.sha256());
        }
        if (boxes.size() != source.boxes()) {
            problems.add(file + ":1:1: has " + boxes.size() + " boxes, the plan says " + source.boxes());
        }
        if (!ChecklistBoxes.parents(boxes).equals(source.parents())) {
            problems.add(file + ":1:1: its parent boxes are " + ChecklistBoxes.parents(boxes) + ", the plan says "
                    + source.parents());
        }
        return new SourceCheck(boxes, problems);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw CommandFailed.usage("checklist '" + file + "' cannot be read: " + e.getMessage(), null, e);
        }
    }

    /** Text of a box, or empty where the checklist was not given. */
    String text(int number) {
        return number > boxes.size() ? "" : boxes.get(number - 1).text();
    }
}
