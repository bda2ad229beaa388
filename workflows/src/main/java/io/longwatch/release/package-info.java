/**
 * How a release proceeds. The way to read it: {@link io.longwatch.release.ReleaseWorkflow} is what can be said to a
 * release, {@code ReleaseRun} carries it from phase to phase, {@code StepRunner} runs a step, {@code SoakRun} watches,
 * {@code RollbackRun} takes back, {@code Handover} lets it go on elsewhere, {@code Desk} hears people, {@code Journal} writes everything down.
 *
 * <p>Workflow code: no I/O, no clock but the workflow's, no static state.
 */
@NullMarked
package io.longwatch.release;

import org.jspecify.annotations.NullMarked;
