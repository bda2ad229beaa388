package io.longwatch.activities.git;

import io.longwatch.actions.git.Replacement;
import java.nio.charset.StandardCharsets;

/**
 * One replacement carried out on a file, read as one character per byte, so that its encoding does not matter. A place where the literal stands only as
 * part of what replaces it counts as done, so that doing it twice changes nothing.
 *
 * @param content the file afterwards
 * @param replaced places that were replaced now
 * @param done places that held the replacement already
 */
record Edit(String content, int replaced, int done) {

    static Edit of(String text, Replacement replacement) {
        String literal = bytesOf(replacement.literal());
        String with = bytesOf(replacement.with());
        var edited = new StringBuilder(text.length());
        int replaced = 0;
        int from = 0;
        for (int at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at)) {
            if (isPartOf(with, literal, text, at)) {
                at += literal.length();
                continue;
            }
            edited.append(text, from, at).append(with);
            at += literal.length();
            from = at;
            replaced++;
        }
        edited.append(text, from, text.length());
        return new Edit(edited.toString(), replaced, with.isEmpty() ? 0 : count(text, with));
    }

    private static String bytesOf(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static boolean isPartOf(String with, String literal, String text, int at) {
        for (int offset = with.indexOf(literal); offset >= 0; offset = with.indexOf(literal, offset + 1)) {
            if (text.startsWith(with, at - offset)) {
                return true;
            }
        }
        return false;
    }

    private static int count(String text, String what) {
        int count = 0;
        for (int at = text.indexOf(what); at >= 0; at = text.indexOf(what, at + what.length())) {
            count++;
        }
        return count;
    }
}
