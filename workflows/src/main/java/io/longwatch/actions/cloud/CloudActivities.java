package io.longwatch.actions.cloud;

import io.longwatch.contract.Action;
import io.longwatch.contract.ActionSystem;
import io.longwatch.contract.StepRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Reads managed resources from a cloud provider. Idempotent.
 *
 * <p>Fails with {@code Unavailable} (retried) when the provider cannot be reached, throttles or has an error of its own,
 * {@code Denied} when credentials are missing or lack a permission, {@code NotFound} when there is no such resource.
 */
@ActionSystem(name = "cloud", title = "Cloud resources")
@ActivityInterface
public interface CloudActivities {

    /** Reads status, class and size of a managed resource. */
    @Action(
            title = "Read a cloud resource",
            description = "Reads status, instance class, engine, number of nodes and endpoint of a managed database,"
                    + " cache or message broker. Any status is a result: expect result.status where one is needed.",
            attempt = "PT30S",
            example = "{connection: aws, type: 'AWS::RDS::DBInstance', id: biometric-bridge}")
    @ActivityMethod(name = "cloud.describe")
    DescribeResult describe(StepRef step, DescribeInput input);
}
