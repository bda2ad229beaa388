package io.longwatch.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
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
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What keeps a release deterministic, and what a name promises. */
class WorkflowsArchitectureTest {
    private static final JavaClasses WORKFLOWS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.longwatch");

    /** What runs in a workflow, or could. The words of a release's record and its report do too. */
    private static final String[] DETERMINISTIC = {
        "io.longwatch.release..",
        "io.longwatch.soak..",
        "io.longwatch.plan..",
        "io.longwatch.expression..",
        "io.longwatch.decision..",
        "io.longwatch.contract..",
        "io.longwatch.actions..",
        "io.longwatch.announce..",
        "io.longwatch.report..",
        "io.longwatch.text.."
    };

    @Test
    void workflowsDoNoInputOrOutput() {
        noClasses()
                .that()
                .resideInAnyPackage(DETERMINISTIC)
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.sql..")
                        .or(resideInAPackage("java.net..").and(not(simpleNameEndingWith("URI"))))
                        .or(resideInAPackage("java.io..")
                                .and(not(simpleNameEndingWith("Serializable")))
                                .and(not(simpleNameEndingWith("Exception")))))
                .because("what a release reads from outside comes by an activity, so that a replay finds the same")
                .check(WORKFLOWS);
    }

    @Test
    void workflowsReadNoClock() {
        noClasses()
                .that()
                .resideInAnyPackage(DETERMINISTIC)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalTime.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(OffsetDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .because("a release's time is Workflow.currentTimeMillis()")
                .check(WORKFLOWS);
    }

    @Test
    void workflowsStartNoThread() {
        noClasses()
                .that()
                .resideInAnyPackage(DETERMINISTIC)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.Executors")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.util.concurrent.Executor.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.util.concurrent.CompletableFuture.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.util.concurrent.locks..")
                .because("a release runs side by side by Async and waits by Workflow.await")
                .check(WORKFLOWS);
    }

    @Test
    void workflowsDrawNoLots() {
        noClasses()
                .that()
                .resideInAnyPackage(DETERMINISTIC)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocalRandom.class)
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .because("a replay must draw the same: Workflow.randomUUID()")
                .check(WORKFLOWS);
    }

    @Test
    void nothingStaticChanges() {
        fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(DETERMINISTIC)
                .should()
                .beFinal()
                .check(WORKFLOWS);
    }

    @Test
    void aReleaseKeepsTheOrderOfWhatItIterates() {
        noClasses()
                .that()
                .resideInAnyPackage("io.longwatch.release..", "io.longwatch.soak..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(HashMap.class.getName())
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName(HashSet.class.getName())
                .because("their order may differ in a replay: use a LinkedHashMap or a TreeMap")
                .check(WORKFLOWS);
    }

    @Test
    void packagesFormNoCircle() {
        slices().matching("io.longwatch.(**)").should().beFreeOfCycles().check(WORKFLOWS);
    }

    @Test
    void namesComeFromTheDomain() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils?|Helper|Manager|(?<!No)Data)")
                .check(WORKFLOWS);
    }

    @Test
    void whatAnActionTakesRecordsAndFindsIsARecord() {
        classes()
                .that()
                .resideInAPackage("io.longwatch.actions..")
                .and()
                .haveNameMatching(".*(Input|Before|Result)")
                .should()
                .beRecords()
                .check(WORKFLOWS);
    }

    @Test
    void contractsHoldNothingThatActs() {
        classes()
                .that()
                .resideInAPackage("io.longwatch.actions.*..")
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .areNotRecords()
                .should()
                .haveOnlyFinalFields()
                .andShould()
                .notBePublic()
                .because("an implementation belongs to activities")
                .check(WORKFLOWS);
    }

    @Test
    void theGrammarOfActionsKnowsNoAction() {
        noClasses()
                .that()
                .resideInAPackage("io.longwatch.contract..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.longwatch.actions..",
                        "io.longwatch.plan..",
                        "io.longwatch.release..",
                        "io.longwatch.soak..")
                .check(WORKFLOWS);
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> unmarked = WORKFLOWS.stream()
                .map(JavaClass::getPackage)
                .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .distinct()
                .toList();

        assertThat(unmarked).isEmpty();
    }
}
