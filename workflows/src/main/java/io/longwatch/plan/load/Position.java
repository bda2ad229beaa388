package io.longwatch.plan.load;

import org.yaml.snakeyaml.error.Mark;

/**
 * A place in a text.
 *
 * @param line from 1
 * @param column from 1, in characters as people count them
 */
public record Position(int line, int column) {
    /** Where a text begins. */
    public static final Position START = new Position(1, 1);

    /** Where YAML's parser stands; it counts from 0. */
    public static Position of(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
