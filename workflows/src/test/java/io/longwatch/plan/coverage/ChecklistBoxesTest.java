package io.longwatch.plan.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChecklistBoxesTest {
    private static final String LIST = """
            # Release
            ## Before
            - [ ] **First**
              ```
              - [ ] in code
              ```
              - [x] under first
                * [ ] deeper
            - [ ] second
            - a line, no box
              - [ ] under a line

            ## After
              1. [ ] numbered
            2) [X] another
            - [] no box
            - [link](x)
            ~~~
            ```
            - [ ] in code too
            ~~~
            """;

    @Test
    void boxesOfAnyListOutsideCodeAreFoundInOrder() {
        // When
        List<ChecklistBox> boxes = ChecklistBoxes.parse(LIST);

        // Then
        assertThat(boxes)
                .extracting(ChecklistBox::number, ChecklistBox::line, ChecklistBox::text)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(1, 3, "First"),
                        org.assertj.core.api.Assertions.tuple(2, 7, "under first"),
                        org.assertj.core.api.Assertions.tuple(3, 8, "deeper"),
                        org.assertj.core.api.Assertions.tuple(4, 9, "second"),
                        org.assertj.core.api.Assertions.tuple(5, 11, "under a line"),
                        org.assertj.core.api.Assertions.tuple(6, 14, "numbered"),
                        org.assertj.core.api.Assertions.tuple(7, 15, "another"));
    }

    @Test
    void aBoxThatStandsDeeperIsUnderTheOneAhead() {
        // Given
        List<ChecklistBox> boxes = ChecklistBoxes.parse(LIST);

        // When
        Map<Integer, List<Integer>> parents = ChecklistBoxes.parents(boxes);

        // Then
        assertThat(parents).isEqualTo(Map.of(1, List.of(2), 2, List.of(3), 4, List.of(5)));
    }

    @Test
    void headingsMakeAPath() {
        // When
        List<ChecklistBox> boxes = ChecklistBoxes.parse(LIST);

        // Then
        assertThat(boxes.get(6).headings()).containsExactly("Release", "After");
    }
}
