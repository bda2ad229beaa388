package io.longwatch.actions;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.contract.Action;
import io.longwatch.contract.ActionResult;
import io.longwatch.contract.ActionSpec;
import io.longwatch.contract.ActionSystem;
import io.longwatch.contract.NamedBy;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.TakesOver;
import io.longwatch.contract.Undo;
import io.longwatch.contract.UndoResult;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.LoadedPlan.Loaded;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.plan.load.PlanLoader.Mode;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every action of every system owes to those who use it. */
class ContractsTest {
    private static final Map<String, Method> METHODS = Contracts.all().stream()
            .flatMap(contract -> Arrays.stream(contract.getMethods()))
            .collect(toMap(ContractsTest::activityName, identity()));

    static Collection<ActionSpec> actions() {
        return Contracts.catalog().all();
    }

    static List<Class<?>> systems() {
        return Contracts.all();
    }

    static Stream<RecordComponent> components() {
        return actions().stream()
                .flatMap(action -> Stream.of(action.input(), action.before(), action.result()))
                .filter(type -> type != null)
                .flatMap(type -> Components.within(type).stream())
                .distinct();
    }

    static Stream<Class<? extends Record>> results() {
        return actions().stream()
                .flatMap(action -> Stream.<@Nullable Class<? extends Record>>of(action.before(), action.result()))
                .filter(type -> type != null);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void theExampleOfAnActionLoadsAsAStepOfAPlan(ActionSpec action) {
        // Given
        String plan = planWithOneStep(action);

        // When
        LoadedPlan loaded = PlanLoader.load(
                "plan.yaml", plan, path -> "text of " + path, Contracts.catalog(), Map.of(), Mode.FOR_CHECK);

        // Then
        assertThat(loaded).as(plan).isInstanceOf(Loaded.class);
    }

    private static String planWithOneStep(ActionSpec action) {
        return """
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
                      - id: step
                        title: Step
                        uses: %s
                        with:
                %s""".formatted(action.name(), action.example().strip().indent(12));
    }

    @ParameterizedTest
    @MethodSource("components")
    void everyFieldIsDescribed(RecordComponent component) {
        assertThat(Components.field(component))
                .as("%s", Components.place(component))
                .hasValueSatisfying(field -> {
                    assertThat(field.value()).as("description").isNotBlank().doesNotEndWith(".");
                    assertThat(field.unit()).as("unit").doesNotContain(" ");
                });
    }

    @ParameterizedTest
    @MethodSource("actions")
    void whatNamesTheKeysOfAResultIsAnInput(ActionSpec action) {
        // Given
        List<String> inputs = Arrays.stream(action.input().getRecordComponents())
                .map(RecordComponent::getName)
                .toList();

        // When
        List<String> naming = Arrays.stream(action.result().getRecordComponents())
                .map(component -> component.getAnnotation(NamedBy.class))
                .filter(Objects::nonNull)
                .map(NamedBy::value)
                .toList();

        // Then
        assertThat(inputs).containsAll(naming);
    }

    @ParameterizedTest
    @MethodSource("results")
    void theExamplesOfAResultMakeOne(Class<? extends Record> type) {
        assertThat(Components.problemsOfExamples(type)).isEmpty();
        assertThat(Components.example(type)).isInstanceOf(type);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void anActionIsNamedSystemDotVerb(ActionSpec action) {
        assertThat(action.name()).matches("[a-z]+\\.[a-z][A-Za-z]*").startsWith(action.system() + ".");
        assertThat(action.title()).doesNotEndWith(".").hasSizeLessThan(50);
        assertThat(action.description()).endsWith(".");
    }

    @ParameterizedTest
    @MethodSource("actions")
    void aResultSaysInALineWhatWasFound(ActionSpec action) {
        assertThat(action.result()).isAssignableTo(ActionResult.class);
        assertThat(Components.names(action.result())).contains("summary");
    }

    @ParameterizedTest
    @MethodSource("actions")
    void anActionHasTheSignatureOfItsKind(ActionSpec action) {
        if (!action.hasEffect()) {
            assertSignature(action.name(), action.result(), StepRef.class, action.input());
            assertThat(METHODS).doesNotContainKeys(action.beforeName(), action.undoName());
            assertThat(action.undo()).isEqualTo(Undo.KEEP);
            return;
        }
        assertSignature(action.beforeName(), before(action), StepRef.class, action.input());
        assertSignature(action.name(), action.result(), StepRef.class, action.input(), before(action));
        assertSignature(
                action.undoName(), UndoResult.class, StepRef.class, action.input(), before(action), action.result());
        assertThat(METHODS.get(action.undoName())
                        .getAnnotatedParameterTypes()[3]
                        .isAnnotationPresent(Nullable.class))
                .as("the result given to %s is @Nullable: an attempt can die after its effect", action.undoName())
                .isTrue();
    }

    @Test
    void whatStoodBeforeTakesOverFromItsOwnKind() {
        // When
        List<ActionSpec> takingOver =
                actions().stream().filter(ActionSpec::takesOver).toList();

        // Then
        assertThat(takingOver)
                .isNotEmpty()
                .allSatisfy(action -> assertThat(action.before().getGenericInterfaces())
                        .extracting(Type::getTypeName)
                        .contains(TakesOver.class.getName() + "<"
                                + action.before().getName() + ">"));
    }

    @Test
    void everyActivityIsAnActionOrTheCompanionOfOne() {
        List<String> expected = actions().stream()
                .flatMap(action -> action.hasEffect()
                        ? Stream.of(action.beforeName(), action.name(), action.undoName())
                        : Stream.of(action.name()))
                .toList();

        assertThat(METHODS.keySet()).containsExactlyInAnyOrderElementsOf(expected);
        METHODS.forEach((name, method) -> assertThat(method.isAnnotationPresent(Action.class))
                .as("only the method that carries an action's own name has @Action: %s", name)
                .isEqualTo(Contracts.catalog().find(name).isPresent()));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void oneAttemptFitsIntoTheTimeOfAll(ActionSpec action) {
        assertThat(action.attempt()).isPositive().isLessThanOrEqualTo(action.timeout());
    }

    /** Over 2 minutes a release asks for a heartbeat each minute, of the action and of its companions. */
    @Test
    void onlyActionsThatHeartbeatTakeLongerThanTwoMinutes() {
        List<String> slow = actions().stream()
                .filter(action -> action.attempt().compareTo(Duration.ofMinutes(2)) > 0)
                .map(ActionSpec::name)
                .toList();

        assertThat(slow)
                .as("whose activities are known to heartbeat every 20 s at the latest; add one when it does")
                .containsExactly("command.run", "git.commit", "git.log", "image.build", "postgres.migrate");
    }

    @ParameterizedTest
    @MethodSource("systems")
    void aSystemHasOneContractInAPackageOfItsName(Class<?> contract) {
        ActionSystem system = contract.getAnnotation(ActionSystem.class);

        assertThat(contract.isAnnotationPresent(ActivityInterface.class)).isTrue();
        assertThat(contract.getPackageName()).isEqualTo("io.longwatch.actions." + system.name());
        assertThat(contract.getSimpleName()).isEqualToIgnoringCase(system.name() + "Activities");
        assertThat(system.connected() || system.connection().isEmpty())
                .as("a kind of connection is named only where one is needed")
                .isTrue();
    }

    @Test
    void someSystemsAreReachedThroughAnother() {
        assertThat(Contracts.catalog().get("secret.check").connectionKind()).isEqualTo("kubernetes");
        assertThat(Contracts.catalog().get("redis.ping").connectionKind()).isEqualTo("redis");
        assertThat(Contracts.catalog().get("http.request").connected()).isFalse();
    }

    private static Class<? extends Record> before(ActionSpec action) {
        Class<? extends Record> before = action.before();
        assertThat(before).as("%s", action.beforeName()).isNotNull();
        return before;
    }

    private static void assertSignature(String name, Class<?> returned, Class<?>... parameters) {
        assertThat(METHODS).containsKey(name);
        assertThat(METHODS.get(name).getReturnType()).as("%s returns", name).isEqualTo(returned);
        assertThat(METHODS.get(name).getParameterTypes()).as("%s takes", name).containsExactly(parameters);
    }

    private static String activityName(Method method) {
        return method.getAnnotation(ActivityMethod.class).name();
    }
}
