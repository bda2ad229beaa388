package io.longwatch.sandbox.rehearse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.activities.soak.Measurer;
import io.longwatch.activities.soak.Readers;
import io.longwatch.announce.Announcement;
import io.longwatch.contract.ActionCatalog;
import io.longwatch.contract.ActionSpec;
import io.longwatch.contract.Failures;
import io.longwatch.contract.Json;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import io.longwatch.plan.Check;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.Soak;
import io.longwatch.release.ReleaseWorkflow;
import io.temporal.activity.Activity;
import io.temporal.activity.DynamicActivity;
import io.temporal.common.converter.EncodedValues;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stand-in of every action: does nothing, answers what the simulation says, fails as the scenario says. */
final class SimulatedActions implements DynamicActivity, Readers {
    private final ActionCatalog catalog;
    private final Simulation simulation;
    private final Scenario scenario;
    private final @Nullable Soak soak;
    private final String queue;
    private final PlayedPeople people;
    private final Map<String, Integer> failed = new LinkedHashMap<>();
    private final Map<String, Object> asSimulated = new ConcurrentHashMap<>();
    private final AtomicInteger atWork = new AtomicInteger();
    private @Nullable Instant firstLook;

    SimulatedActions(
            ActionCatalog catalog, Simulation simulation, Scenario scenario, ReleasePlan plan, PlayedPeople people) {
        this.catalog = catalog;
        this.simulation = simulation;
        this.scenario = scenario;
        this.soak = plan.soak();
        this.queue = ReleaseWorkflow.queueOf(plan.environment());
        this.people = people;
    }

    /** Whether an action is at work now. */
    boolean busy() {
        return atWork.get() > 0;
    }

    @Override
    public @Nullable Object execute(EncodedValues arguments) {
        atWork.incrementAndGet();
        try {
            return carryOut(arguments);
        } finally {
            atWork.decrementAndGet();
        }
    }

    private @Nullable Object carryOut(EncodedValues arguments) {
        String type = Activity.getExecutionContext().getInfo().getActivityType();
        if (type.startsWith("announce.")) {
            people.hear(type, type.equals("announce.post") ? arguments.get(1, Announcement.class) : null);
            return null;
        }
        StepRef step = arguments.get(0, StepRef.class);
        if (type.endsWith(".before")) {
            return Examples.of(before(catalog.get(type.substring(0, type.length() - ".before".length()))));
        }
        if (type.endsWith(".undo")) {
            failAsAsked("undo:" + step.step());
            return scenario.neverHappened(step.step())
                    ? UndoResult.notNeeded("simulated: its effect never happened")
                    : UndoResult.reverted("simulated: as it was before");
        }
        failAsAsked(step.step());
        ObjectNode result = simulation.result(step.step(), catalog.get(type));
        return result.deepCopy().put("summary", simulation.summary(step.step()));
    }

    /** Queue of the environment it stands for. */
    String queue() {
        return queue;
    }

    private static Class<? extends Record> before(ActionSpec spec) {
        return Objects.requireNonNull(spec.before(), spec.name());
    }

    private synchronized void failAsAsked(String step) {
        for (Scenario.Fault fault : scenario.faults()) {
            if (fault.step().equals(step)) {
                int before = failed.merge(step, 1, Integer::sum);
                if (fault.times() == null || before <= fault.times()) {
                    throw fault.times() == null
                            ? Failures.failed(fault.text(), null)
                            : Failures.unavailable(fault.text(), null);
                }
            }
        }
    }

    @Override
    public boolean backfills(String action) {
        return catalog.get(action).backfills();
    }

    @Override
    public Object read(String action, StepRef step, Map<String, Object> with) {
        ActionSpec spec = catalog.get(action);
        return scenario.checks().isEmpty()
                ? asSimulated.computeIfAbsent(step.step(), check -> simulated(spec, simulation.result(check, spec)))
                : simulated(spec, seen(spec, step, with));
    }

    private static Object simulated(ActionSpec spec, ObjectNode result) {
        return Json.mapper().convertValue(result, spec.result());
    }

    private ObjectNode seen(ActionSpec spec, StepRef step, Map<String, Object> with) {
        Instant at = Instant.parse(String.valueOf(with.get(Measurer.TIME)));
        ObjectNode result = simulation.result(step.step(), spec).deepCopy();
        Duration since = Duration.between(origin(at), at);
        for (Scenario.Seen seen : scenario.checks()) {
            if (seen.check().equals(step.step()) && seen.at(since)) {
                see(seen, spec, result);
            }
        }
        return result;
    }

    private synchronized Instant origin(Instant at) {
        if (firstLook == null) {
            firstLook = at;
        }
        return firstLook;
    }

    private void see(Scenario.Seen seen, ActionSpec spec, ObjectNode result) {
        if (seen.value() != null) {
            result.put("value", seen.value());
        } else if ("noData".equals(seen.outcome())) {
            result.putNull("value").put("noData", true);
        } else if ("failed".equals(seen.outcome())) {
            spoil(seen.check(), spec, result);
        } else {
            throw Failures.unavailable("simulated: the provider is gone", null);
        }
    }

    /** Bends a result so that the check's condition fails; where that cannot be, the action fails by itself. */
    private void spoil(String id, ActionSpec spec, ObjectNode result) {
        Check check = Objects.requireNonNull(soak).check(id);
        String failing = check.failureCondition();
        if (failing == null && check.successCondition() != null) {
            failing = "!(" + check.successCondition() + ")";
        }
        if (failing != null) {
            simulation.satisfier().bend(result, failing);
        }
        if (failing == null || !simulation.holds(result, spec, failing)) {
            throw Failures.unexpected("simulated: not the answer that is asked for");
        }
    }
}
