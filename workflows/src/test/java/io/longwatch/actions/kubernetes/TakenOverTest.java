package io.longwatch.actions.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TakenOverTest {
    private static final FormerObject FIRST = deployment("uid-1", 1L);
    private static final FormerObject SECOND = deployment("uid-1", 2L);

    @Test
    void anObjectThatWasThereLeadsToWhatTheFormerReleaseFound() {
        // Given
        ApplyBefore former = new ApplyBefore(List.of(FIRST));

        // When
        ApplyBefore taken = new ApplyBefore(List.of(SECOND)).takingOver(former);

        // Then
        assertThat(taken).isEqualTo(former);
    }

    @Test
    void anObjectThatTheFormerReleaseCreatedIsNotDeleted() {
        // Given
        ApplyBefore former =
                new ApplyBefore(List.of(FormerObject.absent("apps/v1", "Deployment", "production", "bridge")));
        ApplyBefore own = new ApplyBefore(List.of(SECOND));

        // When
        ApplyBefore taken = own.takingOver(former);

        // Then
        assertThat(taken).isEqualTo(own);
    }

    @Test
    void anObjectThatIsNotTheSameAnyMoreIsNotTakenOver() {
        // Given
        ApplyBefore former = new ApplyBefore(List.of(deployment("uid-of-another-cluster", 1L)));
        ApplyBefore own = new ApplyBefore(List.of(SECOND));

        // When
        ApplyBefore taken = own.takingOver(former);

        // Then
        assertThat(taken).isEqualTo(own);
    }

    @Test
    void whatOnlyOneOfThemAppliesIsLeftToIt() {
        // Given
        FormerObject added = FormerObject.absent("v1", "ConfigMap", "production", "limits");
        ApplyBefore former = new ApplyBefore(List.of(deployment("uid-9", 4L), FIRST));

        // When
        ApplyBefore taken = new ApplyBefore(List.of(SECOND, added)).takingOver(former);

        // Then
        assertThat(taken.objects()).containsExactly(FIRST, added);
    }

    @Test
    void replicasAreTakenOverOfTheSameDeploymentAlone() {
        // Given
        ScaleBefore own = new ScaleBefore(2, "7", "uid-1", null);

        // When / Then
        assertThat(own.takingOver(new ScaleBefore(1, "3", "uid-1", null)).replicas())
                .isEqualTo(1);
        assertThat(own.takingOver(new ScaleBefore(1, "3", "uid-2", null))).isEqualTo(own);
        assertThat(new ScaleBefore(2, "7", null, null)
                        .takingOver(new ScaleBefore(1, "3", null, null))
                        .replicas())
                .isEqualTo(2);
    }

    @Test
    void replicasThatAreTakenOverAreOfTheVersionThatStandsNow() {
        // Given
        ScaleBefore former = new ScaleBefore(1, "3", "uid-1", "bridge-production-20261121-1/nodes");
        ScaleBefore own = new ScaleBefore(2, "7", "uid-1", "bridge-production-20261128-1/nodes");

        // When
        ScaleBefore taken = own.takingOver(former);

        // Then
        assertThat(taken).isEqualTo(new ScaleBefore(1, "7", "uid-1", "bridge-production-20261128-1/nodes"));
    }

    private static FormerObject deployment(String uid, long revision) {
        return new FormerObject(
                "apps/v1",
                "Deployment",
                "production",
                "bridge",
                true,
                uid,
                "1",
                revision,
                null,
                revision,
                2,
                List.of("bridge:" + revision),
                null);
    }
}
