package io.longwatch.worker.config;

/**
 * Something wrong in a file, or in a variable that stands above it.
 *
 * @param file the file, as it was given; or the variable of the environment, which has no line
 * @param line line, from 1; 0 for a variable
 * @param column column, from 1; 0 for a variable
 * @param message the thing, the value found, what to do
 */
public record Problem(String file, int line, int column, String message) {
    @Override
    public String toString() {
        return line == 0 ? file + ": " + message : file + ":" + line + ":" + column + ": " + message;
    }
}
