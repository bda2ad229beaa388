package io.longwatch.actions.secret;

import io.longwatch.contract.Action;
import io.longwatch.contract.ActionSystem;
import io.longwatch.contract.StepRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Judges Secrets of a Kubernetes cluster, over a connection of kind kubernetes. Reads only. No value, hash or part of
 * one is ever returned, logged or put into a message.
 *
 * <p>Fails with {@code NotFound} when the Secret does not exist, else as the Kubernetes actions do. What is wrong with a
 * key is no failure but stands in the result.
 */
@ActionSystem(name = "secret", title = "Secrets in Kubernetes", connection = "kubernetes")
@ActivityInterface
public interface SecretActivities {

    /** Looks whether keys of a Secret are there and plausible. */
    @Action(
            title = "Check a Secret",
            description = "Looks whether each key of a Kubernetes Secret is present and not empty, long enough, of the"
                    + " right form, distinct and no placeholder, and whether the Secret is recent enough. Returns"
                    + " booleans, lengths and words.",
            attempt = "PT15S",
            example = "{secret: biometric-bridge-secrets, namespace: production, keys: [OURA_ACCESS_TOKEN]}")
    @ActivityMethod(name = "secret.check")
    CheckResult check(StepRef step, CheckInput input);
}
