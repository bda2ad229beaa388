package io.longwatch.worker;

import io.longwatch.contract.Failures;
import io.temporal.activity.Activity;
import io.temporal.activity.DynamicActivity;
import io.temporal.common.converter.EncodedValues;

/** Answers for every activity that this worker does not know, so that a release fails at once and says why. */
final class UnknownAction implements DynamicActivity {
    @Override
    public Object execute(EncodedValues arguments) {
        String type = Activity.getExecutionContext().getInfo().getActivityType();
        throw Failures.terminal(
                Failures.UNSUPPORTED,
                "this worker does not know the action '" + type + "'; the release was started by a newer Longwatch:"
                        + " upgrade the worker",
                null);
    }
}
