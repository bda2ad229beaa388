package io.longwatch.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

/** The command line starts, asks and shows; only its own process commands know the worker. */
class StarterArchitectureTest {
    private static final JavaClasses STARTER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.longwatch.starter");

    @Test
    void onlyTheProcessCommandsKnowTheWorker() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.longwatch.starter.process..", "io.longwatch.starter.ledger..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.longwatch.worker..", "io.longwatch.activities..")
                .because("a person's machine starts and decides; it needs no credentials of any system")
                .check(STARTER);
    }

    @Test
    void ofActivitiesTheLedgersReaderKnowsTheLedgerAlone() {
        noClasses()
                .that()
                .resideInAPackage("io.longwatch.starter.ledger..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.longwatch.worker..", "io.longwatch.activities..")
                        .and(not(resideInAnyPackage(
                                "io.longwatch.activities.ledger..", "io.longwatch.activities.connection.."))))
                .check(STARTER);
    }

    @Test
    void theSandboxNeverShips() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.longwatch.sandbox..", "io.temporal.testing..", "io.zonky..", "kafka..")
                .check(STARTER);
    }

    @Test
    void whatIsShownKnowsNothingOfCommands() {
        noClasses()
                .that()
                .resideInAnyPackage("io.longwatch.starter.view..", "io.longwatch.starter.actions..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "io.temporal.client..")
                .check(STARTER);
    }

    @Test
    void timeIsTheWorlds() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(STARTER);
    }

    @Test
    void aCommandGivesItsExitCode() {
        classes()
                .that()
                .areAnnotatedWith(Command.class)
                .and()
                .haveSimpleNameNotEndingWith("PlanCommand")
                .and()
                .doNotHaveSimpleName("Longwatch")
                .and()
                .areNotInterfaces()
                .should()
                .beAssignableTo(Callable.class)
                .because("only a command that groups others has nothing to call")
                .check(STARTER);
    }

    @Test
    void namesComeFromTheDomain() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils?|Helper|Manager|(?<!No)Data)")
                .check(STARTER);
    }
}
