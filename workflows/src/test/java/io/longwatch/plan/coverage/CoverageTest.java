package io.longwatch.plan.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.load.SamplePlans;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final ReleasePlan PLAN = SamplePlans.sound("""
                    apiVersion: longwatch.io/v1
                    kind: ReleasePlan
                    service: bridge
                    environment: production
                    title: Bridge
                    roles: {lead: Lead}
                    source:
                      checklist: LIST.md
                      sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
                      boxes: 7
                      parents: {2: [3, 4], 6: 7}
                    phases:
                      - id: deploy
                        title: Deploy
                        at: T
                        steps:
                          - {id: machine, title: A, uses: redis.ping, covers: [1, 3]}
                          - {id: both, title: B, uses: redis.ping, confirm: lead, covers: [4]}
                          - {id: person, title: C, item: {role: lead}, covers: [5, 6]}
                          - {id: go, title: D, gate: {approvals: [{role: lead}]}, covers: [1, 7]}
                    """).plan();

    @Test
    void aBoxIsOfTheClassOfWhatAnswersIt() {
        // When
        Coverage coverage = Coverage.of(PLAN);

        // Then
        assertThat(coverage.boxes())
                .extracting(BoxCoverage::answered)
                .containsExactly(
                        BoxClass.AUTO,
                        BoxClass.ASSIST,
                        BoxClass.AUTO,
                        BoxClass.ASSIST,
                        BoxClass.ATTEST,
                        BoxClass.ATTEST,
                        BoxClass.ATTEST);
        assertThat(coverage.boxes().get(0).by())
                .containsExactly(new Covering(Covering.Kind.STEP, "machine"), new Covering(Covering.Kind.GATE, "go"));
    }

    @Test
    void totalsLeaveOutTheParents() {
        // When
        Coverage coverage = Coverage.of(PLAN);

        // Then
        assertThat(coverage.totals()).isEqualTo(Map.of(BoxClass.AUTO, 2, BoxClass.ASSIST, 1, BoxClass.ATTEST, 2));
        assertThat(coverage.parents()).isEqualTo(2);
        assertThat(coverage.covered()).isEqualTo(7);
        assertThat(coverage.uncovered()).isEmpty();
    }

    @Test
    void aPlanWithoutAChecklistHasNoBoxes() {
        // Given
        ReleasePlan bare = SamplePlans.sound("""
                        apiVersion: longwatch.io/v1
                        kind: ReleasePlan
                        service: bridge
                        environment: production
                        title: Bridge
                        phases:
                          - {id: deploy, title: D, at: T, steps: [{id: a, title: A, uses: redis.ping}]}
                        """).plan();

        // When
        Coverage coverage = Coverage.of(bare);

        // Then
        assertThat(coverage.total()).isZero();
    }
}
