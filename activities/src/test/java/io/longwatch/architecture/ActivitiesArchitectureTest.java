package io.longwatch.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.longwatch.actions.Contracts;
import io.longwatch.activities.connection.Connection;
import io.longwatch.contract.ActionSpec;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A package per system, each with its own client, and one time for all. */
class ActivitiesArchitectureTest {
    private static final String ROOT = "io.longwatch.activities.";
    private static final JavaClasses ACTIVITIES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.longwatch.activities");

    /** Secrets and variables are read from a cluster; an image's source is a repository; cards are drawn for Slack;
     * the ledger is a database. */
    @ParameterizedTest
    @CsvSource({
        "io.fabric8, kubernetes secret env",
        "org.apache.kafka, kafka",
        "org.eclipse.jgit, git",
        "com.google.cloud.tools.jib, image",
        "org.flywaydb, ledger",
        "org.postgresql, postgres",
        "com.zaxxer.hikari, postgres ledger",
        "java.sql, postgres ledger",
        "redis.clients, redis",
        "software.amazon.awssdk, cloud",
        "com.slack, slack announce"
    })
    void aClientIsKnownToItsSystemAlone(String client, String systems) {
        String[] packages = Arrays.stream(systems.split(" "))
                .map(each -> ROOT + each + "..")
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(client + "..")
                .check(ACTIVITIES);
    }

    @Test
    void timeIsTheContexts() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .because("in the demo hours pass that this machine's clock does not know")
                .check(ACTIVITIES);
    }

    /** But for the watch over a program and the ledger's own thread, which wait for what goes on beside them. */
    @Test
    void noActionSleeps() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "command..", ROOT + "ledger..")
                .should()
                .callMethod(TimeUnit.class, "sleep", long.class)
                .because("what is not there yet is Failures.pending: the server waits, and time passes")
                .check(ACTIVITIES);
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(ACTIVITIES);
    }

    @Test
    void nothingStaticChanges() {
        fields().that().areStatic().should().beFinal().check(ACTIVITIES);
    }

    @Test
    void activitiesKnowNothingOfWhatRunsOrStartsThem() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.longwatch.worker..",
                        "io.longwatch.starter..",
                        "io.longwatch.sandbox..",
                        "io.temporal.worker..",
                        "io.temporal.workflow..",
                        "picocli..")
                .check(ACTIVITIES);
    }

    @Test
    void packagesFormNoCircle() {
        slices().matching("io.longwatch.activities.(*)..")
                .should()
                .beFreeOfCycles()
                .check(ACTIVITIES);
    }

    @Test
    void namesComeFromTheDomain() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils?|Helper|Manager|(?<!No)Data)")
                .check(ACTIVITIES);
    }

    @Test
    void aConnectionIsARecordWithAKind() {
        classes()
                .that()
                .implement(Connection.class)
                .should()
                .beRecords()
                .andShould()
                .haveSimpleNameEndingWith("Connection")
                .check(ACTIVITIES);
    }

    static List<Class<?>> contracts() {
        return Contracts.all();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void everyContractIsCarriedOutByTheActionsOfItsPackage(Class<?> contract) {
        String system =
                contract.getPackageName().substring(contract.getPackageName().lastIndexOf('.') + 1);
        String name = contract.getSimpleName().replaceFirst("Activities$", "Actions");

        assertThat(ACTIVITIES.get(ROOT + system + "." + name).isAssignableTo(contract))
                .isTrue();
    }

    @Test
    void everyKindOfConnectionThatActionsNeedIsThere() throws ReflectiveOperationException {
        Set<String> kinds = new TreeSet<>();
        for (JavaClass each : ACTIVITIES) {
            if (each.isAssignableTo(Connection.class) && !each.isInterface()) {
                kinds.add((String) each.reflect().getField("KIND").get(null));
            }
        }

        assertThat(kinds)
                .containsAll(Contracts.catalog().all().stream()
                        .filter(ActionSpec::connected)
                        .map(ActionSpec::connectionKind)
                        .toList());
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> unmarked = ACTIVITIES.stream()
                .map(JavaClass::getPackage)
                .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .distinct()
                .toList();

        assertThat(unmarked).isEmpty();
    }
}
