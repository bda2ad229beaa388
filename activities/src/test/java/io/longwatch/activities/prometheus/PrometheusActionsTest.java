package io.longwatch.activities.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.longwatch.actions.grafana.GrafanaActivities;
import io.longwatch.actions.prometheus.PrometheusActivities;
import io.longwatch.actions.prometheus.QueryInput;
import io.longwatch.actions.prometheus.ReloadBefore;
import io.longwatch.actions.prometheus.ReloadInput;
import io.longwatch.actions.prometheus.RulesInput;
import io.longwatch.actions.prometheus.RulesResult;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.http.Echo;
import io.longwatch.activities.http.Echo.Reply;
import io.longwatch.contract.Action;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes over the wire; what a Prometheus makes of queries is held by its contract suite in the sandbox. */
class PrometheusActionsTest {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "p99");
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_700_000_000_250L), ZoneOffset.UTC);
    private static final ObjectMapper YAML =
            JsonMapper.builder(new YAMLFactory()).findAndAddModules().build();

    @TempDir
    Path folder;

    private Echo prometheus;

    @BeforeEach
    void start() throws IOException {
        prometheus = new Echo();
    }

    @AfterEach
    void stop() {
        prometheus.close();
    }

    @Test
    void aQueryIsPostedWithItsTimeAndCredentials() throws IOException {
        // Given
        Secret password = Secret.ofFile(Files.writeString(folder.resolve("password"), "pa55word\n"));
        prometheus.answer(request -> new Reply(200, """
                {"status": "success", "warnings": ["partial data"],
                 "data": {"resultType": "scalar", "result": [1700000000.25, "+Inf"]}}"""));
        var connection = new PrometheusConnection(prometheus.uri(), null, "ann", password, null);

        // When
        var result = actions(connection).query(STEP, QueryInput.of("1 / 0"));

        // Then
        var request = prometheus.received().get(0);
        assertThat(request.headers()).containsEntry("Authorization", "Basic YW5uOnBhNTV3b3Jk");
        assertThat(URLDecoder.decode(request.body(), StandardCharsets.UTF_8))
                .contains("query=1 / 0")
                .contains("time=1700000000.250");
        assertThat(result.value()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(result.warnings()).containsExactly("partial data");
    }

    @ParameterizedTest
    @CsvSource({
        "400, InvalidInput",
        "401, Denied",
        "403, Denied",
        "404, Failed",
        "422, Failed",
        "429, Unavailable",
        "499, Unavailable",
        "500, Unavailable",
        "503, Unavailable"
    })
    void refusalsGetTheContractsNames(int status, String type) {
        // Given
        prometheus.answer(request -> new Reply(status, "{\"status\": \"error\", \"error\": \"its own words\"}"));

        // When
        var failure =
                catchThrowableOfType(ApplicationFailure.class, () -> actions().query(STEP, QueryInput.of("up")));

        // Then
        assertThat(failure.getType()).isEqualTo(type);
        assertThat(failure.getOriginalMessage()).contains("its own words").contains(String.valueOf(status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"context deadline exceeded", "expanding series: context canceled"})
    void aQueryThatTheServerGaveUpIsTriedAgainWhateverItsStatus(String said) {
        // Given
        prometheus.answer(request ->
                new Reply(422, "{\"status\": \"error\", \"errorType\": \"execution\", \"error\": \"" + said + "\"}"));

        // When
        var failure =
                catchThrowableOfType(ApplicationFailure.class, () -> actions().query(STEP, QueryInput.of("up")));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE);
        assertThat(failure.getOriginalMessage()).contains(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sum", "avg"})
    void infinitiesThatCancelEachOtherAreNoData(String aggregate) {
        // Given
        prometheus.answer(request -> new Reply(200, """
                {"status": "success", "data": {"resultType": "vector", "result": [
                  {"metric": {"pod": "a"}, "value": [1, "+Inf"]}, {"metric": {"pod": "b"}, "value": [1, "-Inf"]}]}}"""));

        // When
        var result = actions().query(STEP, new QueryInput(null, "g", null, null, null, null, aggregate, null));

        // Then
        assertThat(result.value()).isNull();
        assertThat(result.noData()).isTrue();
        assertThat(result.summary()).isEqualTo("no data: not a number");
    }

    @Test
    void anAverageOverInfinitiesThatCancelEachOtherIsNoData() {
        // Given
        prometheus.answer(request -> new Reply(200, """
                {"status": "success", "data": {"resultType": "matrix", "result": [
                  {"metric": {}, "values": [[1, "+Inf"], [2, "-Inf"]]}]}}"""));

        // When
        var result =
                actions().query(STEP, new QueryInput(null, "g", null, Duration.ofMinutes(5), null, "avg", null, null));

        // Then
        assertThat(result.value()).isNull();
        assertThat(result.summary()).isEqualTo("no data: not a number");
    }

    @Test
    void aNativeHistogramIsNoFigure() {
        // Given
        prometheus.answer(request -> new Reply(200, """
                {"status": "success", "data": {"resultType": "vector", "result": [
                  {"metric": {}, "histogram": [1, {"count": "3", "sum": "0.4", "buckets": []}]}]}}"""));

        // When
        var failure = catchThrowableOfType(
                ApplicationFailure.class, () -> actions().query(STEP, QueryInput.of("rate(latency[5m])")));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.INVALID);
        assertThat(failure.getOriginalMessage()).contains("histogram_quantile()");
    }

    @Test
    void whatIsNoPrometheusSaysSo() {
        // Given
        prometheus.answer(request -> new Reply(200, "<html>"));

        // When
        var failure =
                catchThrowableOfType(ApplicationFailure.class, () -> actions().query(STEP, QueryInput.of("up")));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.FAILED);
        assertThat(failure.getOriginalMessage()).contains("is it the address of a Prometheus?");
    }

    @Test
    void aReloadThatIsNotAllowedSaysHowToAllowIt() {
        // Given
        prometheus.answer(request -> request.path().equals("/-/reload")
                ? new Reply(403, "Lifecycle API is not enabled.")
                : new Reply(200, "{\"status\": \"success\", \"data\": {\"yaml\": \"\", \"groups\": []}}"));

        // When
        var failure = catchThrowableOfType(
                ApplicationFailure.class,
                () -> actions()
                        .reload(STEP, new ReloadInput(null, "bridge", null, null), new ReloadBefore("sha256:0", 0, 0)));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.DENIED);
        assertThat(failure.getOriginalMessage()).contains("--web.enable-lifecycle");
    }

    @Test
    void aRuleThatWasNotEvaluatedYetIsWaitedFor() {
        // Given
        prometheus.answer(request -> new Reply(200, """
                {"status": "success", "data": {"groups": [{"rules": [
                  {"name": "A", "query": "up", "health": "unknown", "type": "alerting"}]}]}}"""));

        // When
        var failure = catchThrowableOfType(
                ApplicationFailure.class, () -> actions().rules(STEP, new RulesInput(null, List.of("A"), false)));

        // Then
        assertThat(failure.getType()).isEqualTo(Failures.PENDING);
    }

    @Test
    void aResultFromBeforeThereWereQuietRulesHasNone() throws IOException {
        // When
        var result = YAML.readValue(
                "{found: [A], missing: [], unhealthy: [], neverFiring: [], firing: [], problems: [], summary: s}",
                RulesResult.class);

        // Then
        assertThat(result.quiet()).isEmpty();
        assertThat(result.found()).containsExactly("A");
    }

    @Test
    void inputsThatCannotBeRightSayWhatToWrite() {
        // When / Then
        assertThatThrownBy(() -> new QueryInput(null, "up", null, Duration.ofHours(1), null, null, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("range and reduce go together");
        assertThatThrownBy(() -> new QueryInput(null, "up", null, null, null, null, "most", null))
                .hasMessageContaining("aggregate 'most' is not known");
        assertThatThrownBy(() -> new PrometheusConnection(URI.create("prometheus:9090"), null, null, null, null))
                .hasMessageContaining("is no HTTP address");
    }

    @Test
    void theExamplesOfTheContractsAreInputs() throws IOException {
        // Given
        List<Method> methods = Stream.of(PrometheusActivities.class, GrafanaActivities.class)
                .flatMap(contract -> Stream.of(contract.getMethods()))
                .filter(method -> method.isAnnotationPresent(Action.class))
                .toList();

        // When / Then
        for (Method method : methods) {
            String example = method.getAnnotation(Action.class).example().replaceAll("range: (\\d+)m", "range: PT$1M");
            assertThat((Object) YAML.readValue(example, method.getParameterTypes()[1]))
                    .isNotNull();
        }
        assertThat(methods).hasSize(6);
    }

    private PrometheusActions actions() {
        return actions(new PrometheusConnection(prometheus.uri(), null, null, null, null));
    }

    private static PrometheusActions actions(PrometheusConnection connection) {
        return new PrometheusActions(
                ActionContext.of(new Connections("production", Map.of("metrics", connection), Map.of()), CLOCK));
    }
}
