package io.longwatch.system.parts;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.longwatch.actions.Contracts;
import io.longwatch.contract.ActionSpec;
import io.temporal.activity.ActivityMethod;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every action whose system is real here, and the way back of each that has one, is called by a test against that system:
 * by its own code or by that of the contract suite it inherits.
 */
class EveryActionTest {
    private static final Set<String> REAL =
            Set.of("kubernetes", "prometheus", "redis", "postgres", "kafka", "git", "image");
    private static final JavaClasses CLASSES =
            new ClassFileImporter().importPackages("io.longwatch.system", "io.longwatch.sandbox");

    static Stream<String> activities() {
        return Contracts.catalog().all().stream()
                .filter(spec -> REAL.contains(spec.system()))
                .flatMap(EveryActionTest::activities);
    }

    private static Stream<String> activities(ActionSpec spec) {
        return spec.hasEffect() ? Stream.of(spec.beforeName(), spec.name(), spec.undoName()) : Stream.of(spec.name());
    }

    @Test
    void thereAreActionsOfEachSystem() {
        // When / Then
        assertThat(activities().map(name -> name.substring(0, name.indexOf('.'))))
                .containsAll(REAL);
    }

    @ParameterizedTest
    @MethodSource("activities")
    void aTestOnTheRealPartCallsIt(String activity) {
        // Given
        String system = activity.substring(0, activity.indexOf('.'));

        // When
        List<String> tests = CLASSES.stream()
                .filter(type -> type.getPackageName().equals("io.longwatch.system." + system))
                .filter(EveryActionTest::hasTests)
                .filter(type -> calls(type, activity))
                .map(JavaClass::getSimpleName)
                .toList();

        // Then
        assertThat(tests).as("tests that call " + activity).isNotEmpty();
    }

    private static boolean hasTests(JavaClass type) {
        return type.getAllMethods().stream().anyMatch(method -> method.isAnnotatedWith(Test.class));
    }

    /** Whether its code, its superclasses' or that of the classes within them calls the activity's method. */
    private static boolean calls(JavaClass type, String activity) {
        Set<String> own = new HashSet<>();
        own.add(type.getName());
        type.getAllRawSuperclasses().forEach(parent -> own.add(parent.getName()));
        return CLASSES.stream()
                .filter(each -> own.contains(each.getName().replaceFirst("\\$.*", "")))
                .flatMap(each -> each.getCodeUnits().stream())
                .flatMap(EveryActionTest::targets)
                .anyMatch(target -> serves(target, activity));
    }

    private static Stream<CodeUnitAccessTarget> targets(JavaCodeUnit unit) {
        List<CodeUnitAccessTarget> targets = new ArrayList<>();
        unit.getMethodCallsFromSelf().forEach(call -> targets.add(call.getTarget()));
        unit.getMethodReferencesFromSelf().forEach(reference -> targets.add(reference.getTarget()));
        return targets.stream();
    }

    private static boolean serves(CodeUnitAccessTarget target, String activity) {
        return Contracts.all().stream()
                .filter(contract -> target.getOwner().isAssignableTo(contract))
                .flatMap(contract -> Stream.of(contract.getMethods()))
                .filter(method -> method.getName().equals(target.getName()))
                .map(EveryActionTest::name)
                .anyMatch(activity::equals);
    }

    private static String name(Method method) {
        ActivityMethod named = method.getAnnotation(ActivityMethod.class);
        return named == null ? method.getName() : named.name();
    }
}
