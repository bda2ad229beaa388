package io.longwatch.worker.config;

/**
 * Something wrong in a file.
 *
 * @param file the file, as it was given
 * @param line line, from 1
 * @param column column, from 1
 * @param message the thing, the value found, what to do
 */
public record Problem(String file, int line, int column, String message) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
