package io.longwatch.plan.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChosenNamesTest {
    /** Column at which the expression begins. */
    private static final int BEGINNING = 18;

    private static final String PLAN = """
            apiVersion: longwatch.io/v1
            kind: ReleasePlan
            service: bridge
            environment: production
            title: Bridge
            phases:
              - id: deploy
                title: Deploy
                at: T
                steps:
                  - {id: health, title: Health, uses: http.request, with: {url: "https://a.example/", outputs: {status: /status, up-since: /up}}}
                  - {id: plain, title: Plain, uses: http.request, with: {url: "https://a.example/"}}
                  - {id: stored, title: Stored, uses: postgres.query, with: {sql: SELECT 1, outputs: [events, dead]}}
                  - {id: any-row, title: Any row, uses: postgres.query, with: {sql: SELECT 1 AS one}}
                  - {id: pods, title: Pods, uses: kubernetes.get, with: {apiVersion: v1, kind: Pod, outputs: {image: /spec/x}}}
                  - {id: bare, title: Bare, uses: kubernetes.get, with: {apiVersion: v1, kind: Pod}}
                  - {id: empty, title: Empty, uses: http.request, with: {url: "https://a.example/", outputs: }}
                  - {id: keys, title: Keys, uses: secret.check, with: {secret: a, keys: [TOKEN]}}
                  - id: asks
                    title: Asks
                    uses: http.request
                    with: {url: "https://a.example/", outputs: {version: /version}}
                    expect: EXPECT
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "result.outputs.version == '1'",
                "steps.health.result.outputs.status == 'up'",
                "steps.health.result.outputs['up-since'] != null",
                "has(steps.health.result.outputs.status) && size(steps.health.result.outputs) == 2",
                "steps.health.result.outputs.all(name, name != 'stat')",
                "steps.stored.result.row.events > 1",
                "steps.any-row.result.row.whatever > 1",
                "steps.pods.result.items.all(pod, pod.image == 'a' && pod.name != 'b')",
                "steps.pods.result.items[0].image == 'a'",
                "steps.pods.result.items.filter(pod, pod.name == 'a')[0].image == 'a'",
                "steps.pods.result.items.map(pod, pod.image).all(image, image != 'imag')",
                "steps.keys.result.present.TOKEN",
                "['a'].all(status, status != 'b')"
            })
    void whatAStepNamedIsFound(String expect) {
        // When / Then
        assertThat(problems(expect)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "result.outputs.^versio == '1' | outputs has no 'versio'; with.outputs names version; did you mean 'version'?",
                "steps.health.result.outputs.^stat == 'up' | outputs has no 'stat'; with.outputs names status, up-since; did you mean 'status'?",
                "steps.health.result.outputs['^since'] != null | outputs has no 'since'; with.outputs names status, up-since",
                "has(steps.health.result.outputs.^state) | outputs has no 'state'; with.outputs names status, up-since; did you mean 'status'?",
                "steps.plain.result.outputs.^status == 'up' | outputs has no 'status'; the step names no outputs, add it to with.outputs",
                "steps.stored.result.row.^event > 1 | row has no 'event'; with.outputs names events, dead; did you mean 'events'?",
                "steps.pods.result.items.all(pod, pod.^imag == 'a') | items has no 'imag'; with.outputs names image; did you mean 'image'?",
                "steps.pods.result.items[0].^imag == 'a' | items has no 'imag'; with.outputs names image; did you mean 'image'?",
                "[1].exists(n, steps.pods.result.items[n]['^imag'] == 'a') | items has no 'imag'; with.outputs names image; did you mean 'image'?",
                "steps.pods.result.items.filter(pod, pod.name == 'a')[0].^imag == 'a' | items has no 'imag'; with.outputs names image; did you mean 'image'?",
                "steps.pods.result.items.filter(pod, pod.name == 'a').all(p, p.^imag == 'a') | items has no 'imag'; with.outputs names image; did you mean 'image'?",
                "steps.bare.result.items.all(pod, pod.^name == 'a') | items has no 'name'; the step names no outputs, add it to with.outputs",
                "steps.empty.result.outputs.^status == 'a' | outputs has no 'status'; the step names no outputs, add it to with.outputs",
                "has(result.outputs.^out) | outputs has no 'out'; with.outputs names version",
                "steps.keys.result.present.^TOKE | present has no 'TOKE'; with.keys names TOKEN; did you mean 'TOKEN'?"
            })
    void whatNoStepNamedIsReportedWhereItStands(String marked, String problem) {
        // Given
        String expect = marked.replace("^", "");
        int column = BEGINNING + marked.indexOf('^');

        // When / Then
        assertThat(problems(expect)).containsExactly("plan.yaml:23:" + column + ": step 'asks': expect: " + problem);
    }

    private static List<String> problems(String expect) {
        return SamplePlans.plans().withRealActions().problems(PLAN.replace("EXPECT", "\"" + expect + "\""));
    }
}
