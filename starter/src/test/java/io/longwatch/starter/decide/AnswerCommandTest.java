package io.longwatch.starter.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.starter.SampleRelease;
import io.longwatch.starter.TestWorld;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerCommandTest {
    @TempDir
    private Path folder;

    @AutoClose
    private final TestWorld world = new TestWorld(() -> folder);

    @Test
    void anApprovalShowsTheQuestionBindsItsDigestAndCounts() {
        // Given
        world.startWorker();
        world.startRelease();

        // When
        int exit = world.run("approve", SampleRelease.ID, "go", "--reason", "looks good");

        // Then
        assertThat(exit).isZero();
        assertThat(world.out()).isEqualToIgnoringNewLines("approve of go by ada");
        assertThat(world.err()).contains("Deploy the first node?", "digest 5f2a91c4d0e8");
    }

    @Test
    void theSubjectMayBeLeftOutWhereOnlyOneQuestionTakesTheAnswer() {
        // Given
        world.startWorker();
        world.startRelease();

        // When
        int exit = world.run("approve", SampleRelease.ID);

        // Then
        assertThat(exit).isZero();
        assertThat(world.out()).contains("approve of go");
    }

    @Test
    void aVerbThatNoQuestionTakesIsRefusedWithWhatIsOpen() {
        // Given
        world.startWorker();
        world.startRelease();

        // When
        int exit = world.run("sign", SampleRelease.ID);

        // Then
        assertThat(exit).isEqualTo(4);
        assertThat(world.err()).contains("no open question takes sign", "go (approve, reject)");
    }

    @Test
    void anAnswerToWhatIsNotAskedIsNotSent() {
        // Given
        world.startWorker();
        world.startRelease();

        // When
        int exit = world.run("approve", SampleRelease.ID, "later");

        // Then
        assertThat(exit).isEqualTo(4);
        assertThat(world.err()).contains("refused: nothing is asked about 'later' now", "Open: go (approve");
    }

    @Test
    void anAnswerToWhatIsSettledIsToldHow() {
        // Given
        world.startWorker();
        world.startRelease();
        world.run("approve", SampleRelease.ID, "go");

        // When
        int exit = world.run("approve", SampleRelease.ID, "go");

        // Then
        assertThat(exit).isEqualTo(4);
        assertThat(world.err()).contains("nothing is asked about 'go' now; it is PASSED, approve by Ada");
    }

    @ParameterizedTest
    @CsvSource({
        "rollback, rollback of release by ada",
        "rollback go, rollback of go by ada",
        "extend --by 2h, extend of release by ada: 2h",
        "extend go --by 2h, extend of go by ada: 2h"
    })
    void whatIsSaidToTheReleaseCanAnswerAQuestionToo(String said, String understood) {
        // Given
        world.startWorker();
        world.startRelease();

        // When
        int exit = world.say(said);

        // Then
        assertThat(exit).isZero();
        assertThat(world.out()).isEqualToIgnoringNewLines(understood);
    }

    @Test
    void aSkipNeedsAReason() {
        // Given
        world.startWorker();
        world.startRelease();

        // When
        int exit = world.run("skip", SampleRelease.ID, "go");

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(world.err()).contains("--reason");
    }
}
