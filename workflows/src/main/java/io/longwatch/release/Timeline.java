package io.longwatch.release;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What happened, in notes: how a release began and how it goes now. Of a long one the notes in the middle are left out,
 * and their place says how many.
 */
final class Timeline {
    private static final int FIRST = 100;
    private static final int NEWEST = 300;
    private static final Pattern LEFT_OUT = Pattern.compile("([1-9]\\d*) notes are left out here");

    private final List<Note> first = new ArrayList<>();
    private final Deque<Note> newest = new ArrayDeque<>();
    private int leftOut;
    private Instant lastLeftOut = Instant.EPOCH;

    /** Takes up the notes of an earlier run. */
    void takeUp(List<Note> notes) {
        for (Note note : notes) {
            Matcher gap = LEFT_OUT.matcher(note.text());
            if (first.size() == FIRST && newest.isEmpty() && leftOut == 0 && gap.matches()) {
                leftOut = Integer.parseInt(gap.group(1));
                lastLeftOut = note.at();
            } else {
                add(note);
            }
        }
    }

    void add(Note note) {
        if (first.size() < FIRST) {
            first.add(note);
            return;
        }
        newest.add(note);
        if (newest.size() > NEWEST) {
            lastLeftOut = newest.remove().at();
            leftOut++;
        }
    }

    /** Oldest first. */
    List<Note> notes() {
        List<Note> notes = new ArrayList<>(first);
        if (leftOut > 0) {
            notes.add(new Note(lastLeftOut, leftOut + " notes are left out here"));
        }
        notes.addAll(newest);
        return notes;
    }
}
