package io.longwatch.plan.load;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The files a plan takes in, each read once, within their budget. */
final class TakenFiles {
    private final PlanFiles files;
    private final Problems problems;
    private final Map<String, Optional<String>> read = new LinkedHashMap<>();
    private long bytes;
    private boolean exceeded;

    TakenFiles(PlanFiles files, Problems problems) {
        this.files = files;
        this.problems = problems;
    }

    /** Text of a file; empty, and noted, if it cannot be taken in. */
    Optional<String> read(String owner, Located.Scalar path) {
        Optional<String> known = read.get(path.text());
        if (known == null) {
            known = load(owner, path);
            read.put(path.text(), known);
        }
        return known;
    }

    private Optional<String> load(String owner, Located.Scalar path) {
        try {
            String text = files.read(path.text());
            return withinBudget(owner, path, text) ? Optional.of(text) : Optional.empty();
        } catch (PlanFiles.Unreadable e) {
            problems.error(path.position(), owner + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private boolean withinBudget(String owner, Located.Scalar path, String text) {
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        bytes += size;
        if (size > PlanFiles.MOST_BYTES_EACH) {
            problems.error(
                    path.position(),
                    owner + ": file '" + path.text() + "' has " + size / 1024 + " KiB; a file is at most 256 KiB");
            return false;
        }
        if (bytes > PlanFiles.MOST_BYTES_TOGETHER && !exceeded) {
            exceeded = true;
            problems.error(
                    path.position(),
                    owner + ": with file '" + path.text() + "' the plan's files have " + bytes / 1024
                            + " KiB; together they are at most 768 KiB");
        }
        return true;
    }
}
