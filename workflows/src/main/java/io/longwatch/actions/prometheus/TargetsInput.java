package io.longwatch.actions.prometheus;

import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.Field;
import org.jspecify.annotations.Nullable;

/** Input of {@code prometheus.targets}. */
public record TargetsInput(
        @ConnectionName("prometheus")
        @Field(value = "Connection of kind prometheus; the environment's only one by default", example = "metrics")
        @Nullable
        String connection,

        @Field(value = "Scrape job, as job_name in Prometheus' configuration", example = "biometric-bridge")
        String job,

        @Field(value = "Wait until at least so many are up; does not wait by default", example = "2") @Nullable
        Integer minUp) {
    public TargetsInput {
        if (job.isBlank()) {
            throw new IllegalArgumentException("job is empty; write the job_name of a scrape job");
        }
        if (minUp != null && minUp < 1) {
            throw new IllegalArgumentException("minUp " + minUp + " is nothing to wait for; write 1 or more");
        }
    }
}
