package io.longwatch.release;

import io.longwatch.contract.Undo;
import io.longwatch.plan.Rollback;
import java.util.ArrayList;
import java.util.List;

/** "If we roll back now: this, in this order; these things stay; these cannot be undone." */
final class Preview {
    private final Journal journal;
    private final Effects ways;

    Preview(Journal journal, Effects ways) {
        this.journal = journal;
        this.ways = ways;
    }

    /** A line each: what would be done, in order, and what would stay. */
    List<String> lines() {
        List<EffectRecord> effects = journal.effects();
        List<String> lines = new ArrayList<>(wayBack());
        for (int i = effects.size() - 1; i >= 0; i--) {
            if (effects.get(i).undo() == Undo.CLEANUP) {
                lines.add("Cleaned up after: " + effects.get(i).title());
            }
        }
        effects.stream()
                .filter(effect -> effect.undo() == Undo.KEEP)
                .forEach(effect -> lines.add("Stays: " + effect.title()));
        lines.addAll(irreversible());
        return lines;
    }

    /**
     * Of these lines the ones that an approval is bound to: what users would feel. What cannot be undone since is what
     * the approval let happen.
     */
    List<String> bound() {
        return wayBack();
    }

    private List<String> wayBack() {
        List<String> lines = new ArrayList<>();
        int order = 1;
        for (Rollback.Restore restore : new RestoreMoves(journal).all()) {
            boolean begun = restore.undoes().stream().anyMatch(journal::hasEffect);
            if (begun) {
                lines.add("If we roll back now, " + order + ": " + restore.title());
                order++;
            }
        }
        if (lines.isEmpty()) {
            lines.add("If we roll back now: nothing that users feel has been changed yet");
        }
        String former = journal.request().supersedes();
        if (former != null) {
            lines.addAll(pastTheFormer(former));
        }
        return lines;
    }

    /** Where the way back leads of a release that took the place of another. */
    private List<String> pastTheFormer(String former) {
        List<String> past = new ArrayList<>();
        List<String> only = new ArrayList<>();
        journal.effects().stream()
                .filter(effect -> effect.undo() != Undo.KEEP)
                .forEach(effect -> (ways.leadsPast(effect.step()) ? past : only).add(effect.title()));
        List<String> lines = new ArrayList<>();
        if (!past.isEmpty()) {
            lines.add("Leads past " + former + ", to what stood before it: " + String.join(", ", past));
        }
        if (past.isEmpty() || !only.isEmpty()) {
            lines.add((past.isEmpty() ? "That leads" : "The rest leads") + " to what " + former
                    + " left, whose soak was ended early; the way back from there stands in its report");
        }
        return lines;
    }

    /** In words that stay as they are: a gate of a release that an older worker began is bound to them. */
    private List<String> irreversible() {
        return journal.plan()
                .actionSteps()
                .filter(step -> step.irreversible() != null && journal.hasEffect(step.id()))
                .map(step -> "Can not be undone: " + step.title() + ": " + step.irreversible())
                .toList();
    }

    /** Ids of the steps ahead of a gate that are settled. */
    List<String> settledAhead(String gate) {
        return journal.steps()
                .takeWhile(step -> !step.id().equals(gate))
                .filter(step -> step.state().settled())
                .map(StepRecord::id)
                .toList();
    }

    /** What a gate shows besides: each of these steps with its state. */
    List<String> shown(List<String> settled) {
        return settled.stream()
                .map(journal::step)
                .map(step -> step.id() + " " + step.state() + (step.state() == StepState.WAIVED ? " " + step.by() : ""))
                .toList();
    }
}
