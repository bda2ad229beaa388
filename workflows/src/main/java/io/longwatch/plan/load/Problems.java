package io.longwatch.plan.load;

import io.longwatch.plan.load.Problem.Severity;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The problems of one plan, gathered in any order. */
final class Problems {
    private final String file;
    private final SortedSet<Problem> all = new TreeSet<>();

    Problems(String file) {
        this.file = file;
    }

    void error(Position position, String message) {
        error(file, position, message);
    }

    void error(String inFile, Position position, String message) {
        all.add(new Problem(inFile, position.line(), position.column(), message, Severity.ERROR));
    }

    void warning(Position position, String message) {
        warning(file, position, message);
    }

    void warning(String inFile, Position position, String message) {
        all.add(new Problem(inFile, position.line(), position.column(), message, Severity.WARNING));
    }

    /** The plan's own file. */
    String file() {
        return file;
    }

    /** How many so far: tells whether reading a part added any. */
    int count() {
        return all.size();
    }

    boolean hasErrors() {
        return all.stream().anyMatch(Problem::isError);
    }

    /** Those of the plan's own file by position, then those of the files it takes in. */
    List<Problem> sorted() {
        List<Problem> own =
                all.stream().filter(problem -> problem.file().equals(file)).toList();
        List<Problem> others =
                all.stream().filter(problem -> !problem.file().equals(file)).toList();
        return Stream.concat(own.stream(), others.stream()).toList();
    }
}
