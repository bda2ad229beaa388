package io.longwatch.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The process knows what it runs, not who starts it. */
class WorkerArchitectureTest {
    private static final JavaClasses WORKER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.longwatch.worker");

    @Test
    void theWorkerKnowsNothingOfCommandsAndSandbox() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.longwatch.starter..", "io.longwatch.sandbox..", "picocli..")
                .check(WORKER);
    }

    @Test
    void systemsAreSpokenToByActivitiesAlone() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.fabric8..",
                        "org.apache.kafka..",
                        "org.eclipse.jgit..",
                        "com.google.cloud.tools..",
                        "org.postgresql..",
                        "com.zaxxer..",
                        "java.sql..",
                        "redis.clients..",
                        "software.amazon.awssdk..")
                .check(WORKER);
    }

    @Test
    void onlyTheReceiverKnowsSlack() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.longwatch.worker.slack..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.slack..", "org.java_websocket..")
                .check(WORKER);
    }

    @Test
    void configurationKnowsNothingOfWhatIsMadeOfIt() {
        noClasses()
                .that()
                .resideInAPackage("io.longwatch.worker.config..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.longwatch.worker", "io.longwatch.worker.slack..", "io.temporal..")
                .check(WORKER);
    }

    @Test
    void packagesFormNoCircle() {
        slices().matching("io.longwatch.(**)").should().beFreeOfCycles().check(WORKER);
    }

    @Test
    void nothingStaticChanges() {
        fields().that().areStatic().should().beFinal().check(WORKER);
    }

    @Test
    void namesComeFromTheDomain() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils?|Helper|Manager|(?<!No)Data)")
                .check(WORKER);
    }
}
