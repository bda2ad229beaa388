package io.longwatch.actions.env;

import io.longwatch.contract.Action;
import io.longwatch.contract.ActionSystem;
import io.longwatch.contract.StepRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Compares environment variables with what a plan expects, in a manifest's text or, over a connection of kind
 * kubernetes, in a live Deployment. Reads only; a value that comes from a Secret is never read.
 *
 * <p>Fails with {@code NotFound} when the Deployment or its container does not exist, else as the Kubernetes actions
 * do. A wrong value is no failure but stands in the result.
 */
@ActionSystem(name = "env", title = "Environment variables", connection = "kubernetes")
@ActivityInterface
public interface EnvActivities {

    /** Compares environment variables with the expected ones. */
    @Action(
            title = "Check environment variables",
            description =
                    "Compares the environment variables of a container, in a manifest or in a live Deployment with"
                            + " its ConfigMaps, with the expected ones. A variable that a Secret provides, or may under a later"
                            + " envFrom, counts as wrong, since Secrets are not read. Of a value that is not as expected only"
                            + " the length is told, unless the step lists its name under shown.",
            attempt = "PT15S",
            example = "{deployment: biometric-bridge, namespace: production, expect: {MAX_CONCURRENT_WEBHOOKS: '40'}}")
    @ActivityMethod(name = "env.check")
    CheckResult check(StepRef step, CheckInput input);
}
