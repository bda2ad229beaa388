package io.longwatch.starter.view;

import io.longwatch.release.ReleaseState;
import io.longwatch.release.StepState;
import io.longwatch.soak.Verdict;
import org.jspecify.annotations.Nullable;

/** Signs and colours of states. */
final class Marks {
    private Marks() {}

    static String of(StepState state, Style style) {
        return switch (state) {
            case PENDING -> style.glyph("·", ".");
            case RUNNING -> style.glyph("▶", ">");
            case WAITING -> "?";
            case PASSED -> style.glyph("✔", "+");
            case ATTESTED -> style.glyph("◆", "*");
            case WAIVED -> "~";
            case NOT_APPLICABLE -> style.glyph("–", "-");
            case FAILED -> style.glyph("✘", "x");
            case OPEN -> style.glyph("○", "o");
        };
    }

    static Paint paint(StepState state) {
        return switch (state) {
            case PENDING, NOT_APPLICABLE -> Paint.DIM;
            case RUNNING -> Paint.ACTIVE;
            case WAITING -> Paint.ASKS;
            case PASSED -> Paint.GOOD;
            case ATTESTED -> Paint.PERSON;
            case WAIVED, OPEN -> Paint.DOUBT;
            case FAILED -> Paint.BAD;
        };
    }

    static Paint paint(ReleaseState state) {
        return switch (state) {
            case SCHEDULED, SUPERSEDED -> Paint.BOLD;
            case RUNNING, SOAKING -> Paint.ACTIVE;
            case AWAITING_DECISION -> Paint.ASKS;
            case HELD, ABORTED -> Paint.DOUBT;
            case SUCCEEDED -> Paint.GOOD;
            case ROLLING_BACK, ROLLED_BACK, COMPENSATION_FAILED -> Paint.BAD;
        };
    }

    /** The state of a step that a verdict looks like. */
    static StepState of(@Nullable Verdict verdict) {
        if (verdict == null) {
            return StepState.RUNNING;
        }
        return switch (verdict) {
            case PASSED -> StepState.PASSED;
            case WAIVED -> StepState.WAIVED;
            case FAILED -> StepState.FAILED;
            case BLIND, INCONCLUSIVE -> StepState.OPEN;
        };
    }
}
