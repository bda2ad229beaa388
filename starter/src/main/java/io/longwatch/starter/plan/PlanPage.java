package io.longwatch.starter.plan;

import io.longwatch.actions.Contracts;
import io.longwatch.contract.ActionSpec;
import io.longwatch.plan.ActionStep;
import io.longwatch.plan.ChecklistItem;
import io.longwatch.plan.Durations;
import io.longwatch.plan.Gate;
import io.longwatch.plan.Parallel;
import io.longwatch.plan.Parameter;
import io.longwatch.plan.Phase;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.Rollback;
import io.longwatch.plan.Soak;
import io.longwatch.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A plan for people. */
final class PlanPage {
    private static final int TITLE = 46;

    private final ReleasePlan plan;
    private final List<String> lines = new ArrayList<>();

    PlanPage(ReleasePlan plan) {
        this.plan = plan;
    }

    List<String> lines() {
        lines.add(plan.title() + ": " + plan.service() + " to " + plan.environment());
        if (plan.source() != null) {
            lines.add("from " + plan.source().checklist() + ", " + plan.source().boxes() + " boxes");
        }
        parameters();
        plan.phases().forEach(this::phase);
        soak();
        rollback();
        signOffs();
        contacts();
        return List.copyOf(lines);
    }

    private void section(String title) {
        lines.add("");
        lines.add(title);
    }

    private void parameters() {
        if (!plan.parameters().isEmpty()) {
            section("Parameters");
            plan.parameters().forEach(this::parameter);
        }
    }

    private void parameter(Parameter parameter) {
        Object standard = parameter.defaultValue();
        String value = standard == null ? "must be given" : "default " + parameter.written(standard);
        String description = Objects.requireNonNullElse(parameter.description(), "");
        row(parameter.name(), parameter.type().name().toLowerCase(Locale.ROOT) + ", " + value + "  " + description);
    }

    private void row(String title, String rest) {
        lines.add(String.format("  %-" + TITLE + "s  %s", title, rest).stripTrailing());
    }

    private void phase(Phase phase) {
        section(phase.start() + ": " + phase.title());
        phase.steps().forEach(step -> step(step, ""));
    }

    private void step(Step step, String indent) {
        if (step instanceof Parallel group) {
            row(indent + group.title(), "side by side");
            group.steps().forEach(inner -> step(inner, indent + "  "));
            return;
        }
        row(indent + step.title(), inWords(step) + covers(step.covers()));
        if (step instanceof ActionStep action) {
            action.rollForward().forEach(instead -> step(instead, indent + "  if it fails: "));
        }
    }

    private static String inWords(Step step) {
        if (step instanceof ActionStep action) {
            return action(action);
        }
        if (step instanceof Gate gate) {
            return "gate: "
                    + String.join(
                            ", ",
                            gate.approvals().stream()
                                    .map(approval -> approval.count() + " " + approval.role())
                                    .toList())
                    + (gate.fourEyes() ? ", four eyes" : "") + ", " + Durations.format(gate.deadline()) + " then "
                    + word(gate.onDeadline());
        }
        ChecklistItem item = (ChecklistItem) step;
        return "item: " + item.role() + (item.required() ? "" : ", not required") + ", "
                + Durations.format(item.deadline()) + " then " + word(item.onDeadline());
    }

    private static String action(ActionStep step) {
        String undo = Contracts.catalog()
                .find(step.uses())
                .filter(ActionSpec::hasEffect)
                .map(action -> ", undo " + word(step.undo()))
                .orElse("");
        return step.uses()
                + undo
                + (step.confirm() == null ? "" : ", " + step.confirm() + " confirms")
                + (step.when() == null ? "" : ", when " + step.when());
    }

    private static String covers(List<Integer> boxes) {
        return boxes.isEmpty()
                ? ""
                : "  [" + String.join(" ", boxes.stream().map(String::valueOf).toList()) + "]";
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void soak() {
        Soak soak = plan.soak();
        if (soak == null) {
            return;
        }
        section("Soak, " + Durations.format(soak.length()));
        for (Soak.Window window : soak.windows()) {
            row(
                    window.title(),
                    Durations.format(window.duration()) + ", every " + Durations.format(window.interval()) + ": "
                            + String.join(", ", window.checks()) + covers(window.covers()));
        }
        soak.checks()
                .forEach(check ->
                        row("check " + check.id() + ", " + check.title(), check.uses() + covers(check.covers())));
    }

    private void rollback() {
        Rollback rollback = plan.rollback();
        section("Rollback");
        if (rollback.restore().isEmpty()) {
            lines.add("  serving effects, in reverse order, each by its own undo");
        }
        for (Rollback.Restore restore : rollback.restore()) {
            String by = restore.action() == null ? "undo" : restore.action().uses();
            row(restore.title(), by + " of " + String.join(", ", restore.undoes()) + covers(restore.covers()));
        }
        rollback.verify().forEach(step -> row(step.title(), "verify: " + step.uses() + covers(step.covers())));
        rollback.dataLoss().forEach(step -> row(step.title(), "data loss: " + step.uses() + covers(step.covers())));
    }

    private void signOffs() {
        if (!plan.signOffs().isEmpty()) {
            section("Sign-offs");
            plan.signOffs()
                    .forEach(signOff -> row(
                            signOff.title(),
                            signOff.role() + ", " + Durations.format(signOff.deadline()) + " then "
                                    + word(signOff.onDeadline()) + covers(signOff.covers())));
        }
    }

    private void contacts() {
        if (!plan.contacts().isEmpty()) {
            section("Contacts");
            plan.contacts()
                    .forEach(contact -> row(
                            contact.name() + (contact.role() == null ? "" : ", " + contact.role()), contact.reach()));
        }
    }
}
