package io.longwatch.report;

import static io.longwatch.report.Sample.AFTER;
import static io.longwatch.report.Sample.BEFORE;
import static io.longwatch.report.Sample.check;
import static io.longwatch.report.Sample.ended;
import static io.longwatch.report.Sample.signOff;
import static io.longwatch.report.Sample.step;
import static io.longwatch.report.Sample.verdict;
import static io.longwatch.report.Sample.watched;
import static io.longwatch.report.Sample.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepState;
import io.longwatch.soak.Verdict;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BoxesTest {
    private final Sample sample = new Sample();

    @ParameterizedTest
    @CsvSource({
        "PENDING, OPEN",
        "RUNNING, OPEN",
        "WAITING, OPEN",
        "PASSED, PASSED",
        "ATTESTED, ATTESTED",
        "WAIVED, WAIVED",
        "NOT_APPLICABLE, NOT_APPLICABLE",
        "FAILED, FAILED",
        "OPEN, OPEN"
    })
    void aBoxStandsAsTheStepThatCoversIt(StepState step, StepState box) {
        // Given
        sample.deploy.add(step("a", 1));
        sample.seen.add(ended("a", step, AFTER));

        // When
        StepState state = sample.box(1);

        // Then
        assertThat(state).isEqualTo(box);
    }

    @ParameterizedTest
    @CsvSource({
        "PASSED FAILED OPEN, FAILED",
        "PASSED OPEN WAIVED, OPEN",
        "PASSED WAIVED ATTESTED, WAIVED",
        "PASSED ATTESTED, ATTESTED",
        "PASSED NOT_APPLICABLE, PASSED",
        "NOT_APPLICABLE OPEN, OPEN",
        "NOT_APPLICABLE NOT_APPLICABLE, NOT_APPLICABLE"
    })
    void theWeakestOfSeveralWins(String steps, StepState box) {
        // Given
        List<String> states = Arrays.asList(steps.split(" "));
        for (int i = 0; i < states.size(); i++) {
            sample.deploy.add(step("s" + i, 1));
            sample.seen.add(ended("s" + i, StepState.valueOf(states.get(i)), AFTER));
        }

        // When
        StepState state = sample.box(1);

        // Then
        assertThat(state).isEqualTo(box);
    }

    @ParameterizedTest
    @CsvSource({
        "PASSED, PASSED, PASSED",
        "PASSED, ATTESTED, ATTESTED",
        "PASSED, NOT_APPLICABLE, PASSED",
        "NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE",
        "PASSED, FAILED, FAILED",
        "PASSED, RUNNING, OPEN"
    })
    void aParentIsAsGoodAsTheWeakestBoxUnderIt(StepState first, StepState second, StepState parent) {
        // Given
        sample.parents.put(1, List.of(2, 3));
        sample.deploy.addAll(List.of(step("a", 2), step("b", 3)));
        sample.seen.addAll(List.of(ended("a", first, AFTER), ended("b", second, AFTER)));

        // When
        StepState state = sample.box(1);

        // Then
        assertThat(state).isEqualTo(parent);
    }

    @Test
    void aBoxThatNothingCoversIsOpen() {
        assertThat(sample.box(2)).isEqualTo(StepState.OPEN);
    }

    @Test
    void aResultFromBeforeTheDeploymentNeverTicksABoxThatSpeaksOfAfterIt() {
        // Given
        sample.afterDeployment(1);
        sample.deploy.add(step("a", 1));
        sample.seen.add(ended("a", StepState.PASSED, BEFORE));

        // When
        Box box = sample.boxes(1).box(1);

        // Then
        assertThat(box.state()).isEqualTo(StepState.OPEN);
        assertThat(box.coverings().get(0).evidence()).contains("before the deployment");
    }

    @Test
    void aStepOfAPhaseAheadOfTheDeploymentDoesNotEitherHoweverLateItEnded() {
        // Given
        sample.afterDeployment(1);
        sample.prepare.add(step("a", 1));
        sample.seen.add(ended("a", StepState.PASSED, AFTER));

        // When
        StepState state = sample.box(1);

        // Then
        assertThat(state).isEqualTo(StepState.OPEN);
    }

    @Test
    void aLaterResultTicksItThoughAnEarlierOneStandsBesideIt() {
        // Given
        sample.afterDeployment(1);
        sample.prepare.add(step("a", 1));
        sample.deploy.add(step("b", 1));
        sample.seen.addAll(List.of(ended("a", StepState.PASSED, BEFORE), ended("b", StepState.PASSED, AFTER)));

        // When
        StepState state = sample.box(1);

        // Then
        assertThat(state).isEqualTo(StepState.PASSED);
    }

    @Test
    void aFailureFromBeforeTheDeploymentStillFailsIt() {
        // Given
        sample.afterDeployment(1);
        sample.prepare.add(step("a", 1));
        sample.seen.add(ended("a", StepState.FAILED, BEFORE));

        // When
        StepState state = sample.box(1);

        // Then
        assertThat(state).isEqualTo(StepState.FAILED);
    }

    @ParameterizedTest
    @CsvSource({
        "PASSED, PASSED",
        "WAIVED, WAIVED",
        "FAILED, FAILED",
        "BLIND, OPEN",
        "INCONCLUSIVE, OPEN",
    })
    void aWindowAnswersItsBoxByItsVerdict(Verdict verdict, StepState box) {
        // Given
        sample.windows.add(window("w", List.of(), 1));
        sample.watched.add(watched("w", verdict, null));

        // When
        StepState state = sample.box(1);

        // Then
        assertThat(state).isEqualTo(box);
    }

    @ParameterizedTest
    @CsvSource({
        "PASSED, PASSED, PASSED",
        "PASSED, FAILED, FAILED",
        "INCONCLUSIVE, PASSED, OPEN",
        "BLIND, FAILED, FAILED",
    })
    void aCheckAnswersItsBoxByTheWorstOfAllItsWindows(Verdict first, Verdict second, StepState box) {
        // Given
        sample.checks.add(check("p99", 1));
        sample.windows.addAll(List.of(window("w1", List.of("p99")), window("w2", List.of("p99"))));
        sample.watched.add(watched("w1", first, null, verdict("p99", first)));
        sample.watched.add(watched("w2", second, null, verdict("p99", second)));

        // When
        StepState state = sample.box(1);

        // Then
        assertThat(state).isEqualTo(box);
    }

    @Test
    void aCheckIsOpenUntilItsLastWindowHasAVerdict() {
        // Given
        sample.checks.add(check("p99", 1));
        sample.windows.addAll(List.of(window("w1", List.of("p99")), window("w2", List.of("p99"))));
        sample.watched.add(watched("w1", Verdict.PASSED, null, verdict("p99", Verdict.PASSED)));

        // When
        StepState state = sample.box(1);

        // Then
        assertThat(state).isEqualTo(StepState.OPEN);
    }

    @Test
    void aWaivedWindowWaivesOnlyTheChecksThatDidNotPass() {
        // Given
        sample.checks.addAll(List.of(check("p99", 1), check("errors", 2)));
        sample.windows.add(window("w", List.of("p99", "errors")));
        sample.watched.add(
                watched("w", Verdict.WAIVED, "Ada", verdict("p99", Verdict.FAILED), verdict("errors", Verdict.PASSED)));

        // When
        Boxes boxes = sample.boxes(2);

        // Then
        assertThat(boxes.box(1).state()).isEqualTo(StepState.WAIVED);
        assertThat(boxes.box(1).coverings().get(0).who()).isEqualTo("Ada");
        assertThat(boxes.box(2).state()).isEqualTo(StepState.PASSED);
    }

    @Test
    void theBoxesOfTheRollbackDoNotApplyWhenNoneHappened() {
        // Given
        sample.verify.add(step("pods", 1));

        // When
        Box box = sample.boxes(1).box(1);

        // Then
        assertThat(box.state()).isEqualTo(StepState.NOT_APPLICABLE);
        assertThat(box.coverings().get(0).evidence()).isEqualTo("no rollback happened");
    }

    @ParameterizedTest
    @EnumSource(names = {"RUNNING", "SOAKING"})
    void theyStayOpenWhileOneMayStillHappen(ReleaseState state) {
        // Given
        sample.state = state;
        sample.verify.add(step("pods", 1));

        // When
        StepState box = sample.box(1);

        // Then
        assertThat(box).isEqualTo(StepState.OPEN);
    }

    @Test
    void aRollbackTicksThemThoughTheySpeakOfAfterTheDeployment() {
        // Given
        sample.state = ReleaseState.ROLLED_BACK;
        sample.afterDeployment(1);
        sample.verify.add(step("pods", 1));
        sample.rolledBack.add(ended("pods", StepState.PASSED, BEFORE));

        // When
        StepState box = sample.box(1);

        // Then
        assertThat(box).isEqualTo(StepState.PASSED);
    }

    @Test
    void aSignOffAnswersItsBox() {
        // Given
        sample.signOffs.add(signOff("lead", 1));
        sample.seen.add(ended("lead", StepState.ATTESTED, AFTER));

        // When
        StepState box = sample.box(1);

        // Then
        assertThat(box).isEqualTo(StepState.ATTESTED);
    }

    @Test
    void boxesAreCounted() {
        // Given
        sample.deploy.addAll(List.of(step("a", 1), step("b", 2)));
        sample.seen.addAll(List.of(ended("a", StepState.PASSED, AFTER), ended("b", StepState.FAILED, AFTER)));

        // When
        Boxes boxes = sample.boxes(3);

        // Then
        assertThat(boxes.total()).isEqualTo(3);
        assertThat(boxes.accountedFor()).isEqualTo(1);
        assertThat(boxes.count(StepState.OPEN)).isEqualTo(1);
    }
}
