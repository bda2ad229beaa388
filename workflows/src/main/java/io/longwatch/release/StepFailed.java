package io.longwatch.release;

/** What a step found is not what it expects. Handled like a failure of its action; never leaves the workflow. */
final class StepFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StepFailed(String message) {
        super(message, null, false, false);
    }
}
