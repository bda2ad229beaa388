package io.longwatch.plan.load;

/**
 * A place in a text.
 *
 * @param line from 1
 * @param column from 1, in characters as people count them
 */
record Position(int line, int column) {
    static final Position START = new Position(1, 1);
}
