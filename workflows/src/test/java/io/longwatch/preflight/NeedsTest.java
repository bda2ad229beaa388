package io.longwatch.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.actions.Contracts;
import io.longwatch.plan.load.LoadedPlan.Loaded;
import io.longwatch.plan.load.PlanLoader;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NeedsTest {
    private static final String PLAN = """
        apiVersion: longwatch.io/v1
        kind: ReleasePlan
        service: bridge
        environment: production
        title: Bridge
        channel: releases
        roles: {manager: Manager, on-call: On call}
        parameters:
          cache: {type: string, default: sessions}
          oura: {type: boolean, default: false}
        phases:
          - id: deploy
            title: Deploy
            at: T
            steps:
              - {id: ping, title: Ping, uses: redis.ping, with: {connection: "${{ params.cache }}"}}
              - id: go
                title: Go
                gate: {approvals: [{role: manager, count: 2}], deadline: 1h, escalateTo: on-call}
              - {id: info, title: Info, uses: redis.info}
              - parallel: {id: outside, title: Outside}
                steps:
                  - id: oura
                    title: Oura
                    when: params.oura
                    uses: http.request
                    with: {url: "https://oura.test", auth: {bearer: OURA_TOKEN}}
                  - id: hook
                    title: Hook
                    uses: http.send
                    with:
                      url: "https://bridge.test/hook"
                      cases:
                        - {name: whoop, json: {a: 1}, signature: {header: X-Sig, secret: WHOOP_SECRET}}
                      via: {target: deployment/bridge, port: 8000}
        """;

    @Test
    void aPlanNeedsTheConnectionsAndSecretsThatItsStepsName() {
        // Given
        Loaded loaded = (Loaded) PlanLoader.load(
                "plan.yaml", PLAN, path -> "", Contracts.catalog(), Map.of(), PlanLoader.Mode.FOR_START);

        // When
        Needs needs = Needs.of(loaded.plan(), loaded.parameters(), Contracts.catalog());

        // Then
        assertThat(needs.environment()).isEqualTo("production");
        assertThat(needs.all())
                .containsExactly(
                        new Need("ping", "redis", "sessions"),
                        new Need("info", "redis", null),
                        new Need("hook", Need.SECRET, "WHOOP_SECRET"),
                        new Need("hook", "kubernetes", null));
    }

    @Test
    void aPlanNeedsThePeopleItAsksAndTheChannelItAsksThemIn() {
        // Given
        Loaded loaded = (Loaded) PlanLoader.load(
                "plan.yaml", PLAN, path -> "", Contracts.catalog(), Map.of(), PlanLoader.Mode.FOR_START);

        // When
        Needs needs = Needs.of(loaded.plan(), loaded.parameters(), Contracts.catalog());

        // Then
        assertThat(needs.channel()).isEqualTo("releases");
        assertThat(needs.seats()).containsExactly(new Seat("go", "manager", 2), new Seat("go", "on-call", 0));
    }

    @Test
    void everyInputThatIsCalledConnectionSaysOfWhatKind() {
        // When
        var unnamed = Contracts.catalog().all().stream()
                .flatMap(spec -> java.util.Arrays.stream(spec.input().getRecordComponents()))
                .filter(component -> component.getName().equals("connection"))
                .filter(component -> !component.isAnnotationPresent(io.longwatch.contract.ConnectionName.class));

        // Then
        assertThat(unnamed).isEmpty();
    }
}
