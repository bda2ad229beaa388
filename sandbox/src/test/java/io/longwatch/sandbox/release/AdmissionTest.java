package io.longwatch.sandbox.release;

import static io.longwatch.sandbox.release.Plans.deploying;
import static io.longwatch.sandbox.release.Plans.gate;
import static io.longwatch.sandbox.release.Plans.scale;
import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.decision.Verb;
import io.longwatch.release.Carried;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may have a release begun: its request is judged before it does anything. */
@Timeout(180)
class AdmissionTest {
    private static final String PLAN =
            deploying(gate("go", "approvals: [{role: manager}], fourEyes: true, deadline: 1h"), scale("a"));

    @Test
    void aReleaseThatNobodyIsKnownToHaveAskedForIsAbortedAndDoesNothing() {
        // Given
        try (Trial trial = Trial.asked(PLAN, request -> request.proved("forged"))) {
            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.ABORTED);
            assertThat(record.reason()).isEqualTo("nobody is known to have asked for it: nobody knows rita");
            assertThat(trial.scheduled()).isEmpty();
        }
    }

    @Test
    void aPlanThatIsNotTheOneThatWasSignedIsAborted() {
        // Given
        UnaryOperator<ReleaseRequest> otherPlan = request -> with(request, "0".repeat(64), request.requestedAt(), null);
        try (Trial trial = Trial.asked(PLAN, otherPlan)) {
            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.ABORTED);
            assertThat(record.reason()).contains("are not those that Person rita signed");
        }
    }

    @Test
    void whatWasSignedAnHourAgoIsNotBegunAgain() {
        // Given
        UnaryOperator<ReleaseRequest> again = request ->
                with(request, request.planDigest(), request.requestedAt().minus(Duration.ofHours(1)), null);
        try (Trial trial = Trial.asked(PLAN, again)) {
            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.state()).isEqualTo(ReleaseState.ABORTED);
            assertThat(record.reason()).contains("what is signed is begun within 15m");
        }
    }

    @Test
    void aReleaseThatClaimsToGoOnFromARunThatNeverWasIsAborted() {
        // Given
        ReleaseRecord opened;
        try (Trial first = Trial.now(PLAN)) {
            first.awaitQuestion("go");
            first.decide(Verb.APPROVE, "go", "ada");
            opened = first.finish();
        }
        Carried forged = new Carried(opened, Map.of(), Map.of(), Map.of(), null, null, List.of(), false);
        try (Trial trial =
                Trial.asked(PLAN, request -> with(request, request.planDigest(), request.requestedAt(), forged))) {
            // When
            ReleaseRecord record = trial.finish();

            // Then
            assertThat(record.reason()).contains("none handed it on");
            assertThat(trial.scheduled()).isEmpty();
        }
    }

    @Test
    void whoAskedIsKnownByTheirNameAndTheirOwnApprovalIsRefusedWhateverTheChannel() {
        // Given
        try (Trial trial = Trial.now(PLAN)) {
            String digest = trial.awaitQuestion("go").digest();

            // When
            String inSlack = trial.refused(trial.decision(Verb.APPROVE, "go", "U-RITA", digest, null));
            String atTheTerminal = trial.refused(trial.decision(Verb.APPROVE, "go", "rita", digest, null));

            // Then
            assertThat(List.of(inSlack, atTheTerminal))
                    .allSatisfy(
                            refusal -> assertThat(refusal).startsWith("DecisionRefused: you asked for this release"));
            assertThat(trial.record().requester()).isEqualTo("Person rita");
            trial.decide(Verb.APPROVE, "go", "ada");
            trial.finish();
        }
    }

    private static ReleaseRequest with(ReleaseRequest request, String digest, Instant requestedAt, Carried carried) {
        return new ReleaseRequest(
                request.release(),
                request.plan(),
                digest,
                request.parameters(),
                request.requester(),
                requestedAt,
                request.deployAt(),
                request.now(),
                request.supersedes(),
                request.supersededRun(),
                request.requires(),
                request.searchAttributes(),
                null,
                carried);
    }
}
