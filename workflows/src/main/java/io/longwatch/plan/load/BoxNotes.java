package io.longwatch.plan.load;

import java.util.ArrayList;
import java.util.List;

/** Which boxes are said to be covered, where, and whether that is after the deployment. */
final class BoxNotes {
    private final List<Note> notes = new ArrayList<>();
    private boolean complete = true;

    void add(Note note) {
        notes.add(note);
    }

    /** Something that may cover boxes could not be read: what is missing is not known. */
    void incomplete() {
        complete = false;
    }

    boolean complete() {
        return complete;
    }

    List<Note> all() {
        return notes;
    }

    /**
     * One number in a {@code covers}.
     *
     * @param box number
     * @param owner what covers it
     * @param position where the number stands
     * @param place when its owner has its turn
     */
    record Note(int box, String owner, Position position, Place place) {}
}
