package io.longwatch.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final Instant BEGIN = Instant.parse("2026-05-04T09:00:00Z");

    @Test
    void aLongReleaseKeepsItsBeginningAndItsEndAndSaysHowMuchItLeavesOut() {
        // Given
        Timeline timeline = new Timeline();

        // When
        write(timeline, 0, 1000);

        // Then
        List<Note> notes = timeline.notes();
        assertThat(notes).hasSize(401);
        assertThat(notes.get(99).text()).isEqualTo("note 99");
        assertThat(notes.get(100)).isEqualTo(new Note(BEGIN.plusSeconds(699), "600 notes are left out here"));
        assertThat(notes.get(101).text()).isEqualTo("note 700");
        assertThat(notes.get(400).text()).isEqualTo("note 999");
    }

    @Test
    void whatFitsIsKeptWhole() {
        // Given
        Timeline timeline = new Timeline();

        // When
        write(timeline, 0, 400);

        // Then
        assertThat(timeline.notes()).hasSize(400).extracting(Note::text).doesNotHaveDuplicates();
    }

    @Test
    void aReleaseThatGoesOnInAnotherRunGoesOnCounting() {
        // Given
        Timeline former = new Timeline();
        write(former, 0, 500);
        Timeline timeline = new Timeline();
        timeline.takeUp(former.notes());

        // When
        write(timeline, 500, 510);

        // Then
        assertThat(timeline.notes()).hasSize(401);
        assertThat(timeline.notes().get(100).text()).isEqualTo("110 notes are left out here");
        assertThat(timeline.notes().get(101).text()).isEqualTo("note 210");
    }

    private static void write(Timeline timeline, int from, int to) {
        for (int i = from; i < to; i++) {
            timeline.add(new Note(BEGIN.plusSeconds(i), "note " + i));
        }
    }
}
