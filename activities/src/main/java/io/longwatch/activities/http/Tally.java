package io.longwatch.activities.http;

import static java.util.stream.Collectors.joining;

import io.longwatch.actions.http.CaseResult;
import io.longwatch.actions.http.HttpCase;
import io.longwatch.actions.http.HttpResult;
import io.longwatch.text.Bounded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Counts a step's cases as they are answered. */
final class Tally {
    private static final int LONGEST_PROBLEM = 120;
    private final Map<String, String> wantedOutputs;
    private final Vault vault;
    private final List<CaseResult> results;
    private Map<String, Object> outputs;

    Tally(Map<String, String> wantedOutputs, Vault vault, Sending.Progress before) {
        this.wantedOutputs = wantedOutputs;
        this.vault = vault;
        this.results = new ArrayList<>(before.answered());
        this.outputs = before.outputs();
    }

    void add(HttpCase wanted, Answer answer, boolean last) {
        Judgement judgement = new Judgement(answer, vault);
        String problem = judgement.problem(wanted).orElse("");
        if (last) {
            outputs = judgement.outputs(wantedOutputs);
            problem = withMissingOutputs(problem);
        }
        results.add(new CaseResult(
                String.valueOf(wanted.name()),
                answer.status(),
                problem.isEmpty(),
                answer.millis(),
                problem.isEmpty() ? null : brief(vault.hide(problem))));
    }

    private String withMissingOutputs(String problem) {
        Set<String> missing = new TreeSet<>(wantedOutputs.keySet());
        missing.removeAll(outputs.keySet());
        if (missing.isEmpty() || !problem.isEmpty()) {
            return problem;
        }
        return missing.stream()
                .map(name -> "output '" + name + "' is not at " + wantedOutputs.get(name))
                .collect(joining("; "));
    }

    Sending.Progress progress() {
        return new Sending.Progress(results, outputs, null);
    }

    /** Which cases were answered, in words. */
    String answered() {
        return results.isEmpty()
                ? "None was answered before it"
                : "Answered before it: "
                        + results.stream().map(CaseResult::name).collect(joining(", "));
    }

    boolean allAsExpected() {
        return results.stream().allMatch(CaseResult::ok);
    }

    String problems() {
        return results.stream()
                .filter(result -> !result.ok())
                .map(result -> result.name() + ": " + result.problem())
                .collect(joining("; "));
    }

    HttpResult result() {
        CaseResult last = results.get(results.size() - 1);
        int passed = (int) results.stream().filter(CaseResult::ok).count();
        return new HttpResult(
                last.status(), last.millis(), passed, results.size() - passed, results, outputs, summary(passed, last));
    }

    private String summary(int passed, CaseResult last) {
        if (results.size() == 1) {
            return last.status() + " in " + last.millis() + " ms" + (last.ok() ? "" : ": " + last.problem());
        }
        String each = results.stream()
                .map(result -> result.name() + " " + result.status())
                .collect(joining(", "));
        return passed + " of " + results.size() + " cases as expected: " + brief(each);
    }

    private static String brief(String text) {
        return Bounded.cut(text, LONGEST_PROBLEM);
    }
}
