package io.longwatch.sandbox.bench;

import io.longwatch.actions.Contracts;
import io.longwatch.actions.redis.PingResult;
import io.longwatch.plan.PlanDigest;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.release.ReleaseRequest;
import io.temporal.activity.DynamicActivity;
import io.temporal.common.converter.EncodedValues;
import java.time.Instant;
import java.util.Map;

/**
 * A plan of steps that do nothing.
 *
 * @param loaded the plan, as the loader gave it
 */
record NoOpPlan(LoadedPlan.Loaded loaded) {
    static final String ENVIRONMENT = "bench";

    /**
     * A plan.
     *
     * @param steps how many
     * @param expecting whether each step has an expectation to evaluate
     */
    static NoOpPlan of(String service, int steps, boolean expecting) {
        StringBuilder plan = new StringBuilder("""
                apiVersion: longwatch.io/v1
                kind: ReleasePlan
                service: %s
                environment: %s
                title: No-op steps
                roles: {}
                phases:
                  - id: deploy
                    title: Deploy
                    at: T
                    steps:
                """.formatted(service, ENVIRONMENT));
        for (int i = 1; i <= steps; i++) {
            plan.append("      - {id: ")
                    .append(step(i))
                    .append(", title: Step ")
                    .append(i);
            plan.append(", uses: redis.ping");
            plan.append(expecting ? ", expect: 'result.answer == \"PONG\"'" : "")
                    .append("}\n");
        }
        LoadedPlan loaded = PlanLoader.load(
                "bench.yaml", plan.toString(), path -> "", Contracts.catalog(), Map.of(), PlanLoader.Mode.FOR_START);
        if (loaded instanceof LoadedPlan.Loaded good) {
            return new NoOpPlan(good);
        }
        throw new IllegalStateException(loaded.toString());
    }

    static String step(int number) {
        return "step-" + number;
    }

    ReleaseRequest request(String release) {
        Instant now = Instant.now();
        return new ReleaseRequest(
                release,
                loaded.plan(),
                PlanDigest.of(loaded.plan(), loaded.parameters()),
                loaded.parameters(),
                "bench",
                now,
                now,
                true,
                null,
                ReleaseRequest.KNOWN,
                false);
    }

    /** Every activity of both workflows: answers at once. */
    static final class Ping implements DynamicActivity {
        private static final PingResult PONG = new PingResult("PONG", 1, "PONG in 1 ms");

        @Override
        public Object execute(EncodedValues arguments) {
            return PONG;
        }
    }
}
