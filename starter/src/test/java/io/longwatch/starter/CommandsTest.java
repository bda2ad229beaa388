package io.longwatch.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.longwatch.contract.Json;
import io.longwatch.decision.Decision;
import io.longwatch.decision.DecisionActivities;
import io.longwatch.decision.Judgement;
import io.longwatch.preflight.Lack;
import io.longwatch.preflight.Lacks;
import io.longwatch.preflight.PreflightActivities;
import io.longwatch.preflight.PreflightRun;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseWorkflow;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.starter.temporal.Connector;
import io.longwatch.starter.temporal.ProfileConnector;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    private static final Instant NOW = Instant.parse("2025-01-27T09:00:00Z");

    private final TestWorkflowEnvironment environment =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    // A waiting release would be jumped to its end whenever a command waits for another workflow.
                    .setUseTimeskipping(false)
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(Json.dataConverter())
                            .build())
                    .build());
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private boolean noServer;
    private boolean needsProof;

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        environment.close();
    }

    private void aWorker() {
        aWorkerThatLacks();
    }

    private void aWorkerThatLacks(Lack... lacks) {
        aWorkerOfWorkflows();
        environment
                .newWorker(ReleaseWorkflow.queueOf("production"))
                .registerActivitiesImplementations((PreflightActivities) needs -> new Lacks(List.of(lacks)));
        environment.start();
    }

    private void aWorkerOfWorkflows() {
        Worker worker = environment.newWorker(ReleaseWorkflow.QUEUE);
        worker.registerWorkflowImplementationTypes(FakeRelease.class, PreflightRun.class);
        worker.registerActivitiesImplementations((DecisionActivities) (step, decision) -> judged(decision));
    }

    private Judgement judged(Decision decision) {
        if (needsProof && decision.proof() == null) {
            return new Judgement(false, "Ada", "ada", List.of(), "it carries no proof that it is Ada's", "people");
        }
        return new Judgement(true, "Ada", "ada", List.of(), null, "people");
    }

    private Path key() throws Exception {
        Path key = folder.resolve("key");
        int made = new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .start()
                .waitFor();
        assertThat(made).isZero();
        return key;
    }

    /** Starts a release as the command does, under a service and environment that both hold hyphens. */
    private WorkflowStub aRelease() {
        ReleaseRequest request = new SampleRelease().request();
        WorkflowStub stub = environment
                .getWorkflowClient()
                .newUntypedWorkflowStub(
                        "Release",
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(request.workflowId())
                                .setTaskQueue(ReleaseWorkflow.QUEUE)
                                .setMemo(Map.of("release", request.release()))
                                .build());
        stub.start(request);
        return stub;
    }

    private int run(String... args) {
        Connector here =
                (address, namespace) -> new Connection(environment.getWorkflowClient(), "127.0.0.1:7233", () -> {});
        World world = new World(
                Clock.fixed(NOW, ZoneId.of("UTC")),
                ZoneId.of("Europe/Berlin"),
                Map.of("LC_ALL", "C.UTF-8", "LONGWATCH_HOME", folder.toString()),
                "ada",
                noServer ? new ProfileConnector(Map.of()) : here,
                false);
        return Longwatch.commandLine(world)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private JsonNode json() throws JsonProcessingException {
        return Json.mapper().readTree(out.toString());
    }

    @Test
    void helpNamesEveryCommandAndTheExitCodes() {
        // When
        int exit = run("--help");

        // Then
        assertThat(exit).isZero();
        assertThat(out.toString())
                .contains("start", "list", "status", "watch", "report", "approve", "rollback", "plan", "actions")
                .contains("worker", "doctor", "Exit codes:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "stauts", "status", "status a b", "extend x-y-20250101-1 --by", "plan"})
    void wrongUsageEndsWith2AndSaysWhatIsRight(String line) {
        // When
        int exit = run(line.isEmpty() ? new String[0] : line.split(" "));

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).contains("--help").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status biometric-bridge-production-20250127-1",
                "list",
                "abort biometric-bridge-production-20250127-1",
                "report biometric-bridge-production-20250127-1"
            })
    void withoutAServerACommandEndsWith3AndSaysHowToGetOne(String line) {
        // Given
        noServer = true;

        // When
        int exit = run((line + " --address 127.0.0.1:1").split(" "));

        // Then
        assertThat(exit).isEqualTo(3);
        assertThat(err.toString()).contains("127.0.0.1:1").contains("temporal server start-dev");
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense, is no release id",
        "biometric-bridge-production-20250127-7, The latest there is biometric-bridge-production-20250127-1",
        "other-production-20250127-1, no release 'other-production-20250127-1'"
    })
    void anUnknownReleaseEndsWith2(String id, String said) {
        // Given
        aWorker();
        aRelease();

        // When
        int exit = run("status", id);

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).contains(said);
    }

    @Test
    void statusAsJsonHasTheFieldsThatScriptsRead() throws JsonProcessingException {
        // Given
        aWorker();
        aRelease();

        // When
        int exit = run("status", SampleRelease.ID, "--json");

        // Then
        assertThat(exit).isZero();
        assertThat(json().at("/release").asText()).isEqualTo(SampleRelease.ID);
        assertThat(json().at("/state").asText()).isEqualTo("AWAITING_DECISION");
        assertThat(json().at("/phases/0/steps/0/id").asText()).isEqualTo("tag");
        assertThat(json().at("/boxes/total").asInt()).isEqualTo(12);
        assertThat(json().at("/effects/0/state").asText()).isEqualTo("DONE");
        assertThat(json().at("/questions/0/subject").asText()).isEqualTo("go");
    }

    @Test
    void statusShowsTheRelease() {
        // Given
        aWorker();
        aRelease();

        // When
        int exit = run("status", SampleRelease.ID);

        // Then
        assertThat(exit).isZero();
        assertThat(out.toString()).contains("AWAITING DECISION", "Deploy the first node?", "6/12");
    }

    @Test
    void anApprovalShowsTheQuestionBindsItsDigestAndCounts() {
        // Given
        aWorker();
        aRelease();

        // When
        int exit = run("approve", SampleRelease.ID, "go", "--reason", "looks good");

        // Then
        assertThat(exit).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("approve of go by ada");
        assertThat(err.toString()).contains("Deploy the first node?", "digest 5f2a91c4d0e8");
    }

    @Test
    void theSubjectMayBeLeftOutWhereOnlyOneQuestionTakesTheAnswer() {
        // Given
        aWorker();
        aRelease();

        // When
        int exit = run("approve", SampleRelease.ID);

        // Then
        assertThat(exit).isZero();
        assertThat(out.toString()).contains("approve of go");
    }

    @Test
    void aVerbThatNoQuestionTakesIsRefusedWithWhatIsOpen() {
        // Given
        aWorker();
        aRelease();

        // When
        int exit = run("sign", SampleRelease.ID);

        // Then
        assertThat(exit).isEqualTo(4);
        assertThat(err.toString()).contains("no open question takes sign", "go (approve, reject)");
    }

    @ParameterizedTest
    @CsvSource({
        "reject go, Ada may not reject this gate",
        "confirm go, there is nothing to confirm",
        "approve go --digest 00000000, what is asked has changed"
    })
    void aRefusalEndsWith4AndItsReason(String said, String reason) {
        // Given
        aWorker();
        aRelease();
        String[] words = said.split(" ");
        String[] args = new String[words.length + 1];
        args[0] = words[0];
        args[1] = SampleRelease.ID;
        System.arraycopy(words, 1, args, 2, words.length - 1);

        // When
        int exit = run(args);

        // Then
        assertThat(exit).isEqualTo(4);
        assertThat(err.toString()).contains("refused: " + reason);
    }

    @Test
    void anUpdateThatBreaksIsFollowedByTheSignalWhichCounts() {
        // Given
        aWorker();
        aRelease();

        // When
        int exit = run("waive", SampleRelease.ID, "go", "--reason", "known");

        // Then
        assertThat(exit).isZero();
        assertThat(out.toString()).contains("waive of go by ada");
    }

    @Test
    void withoutAWorkerADecisionIsSentButNotJudged() {
        // Given
        aRelease();

        // When
        int exit = run("abort", SampleRelease.ID);

        // Then
        assertThat(exit).isEqualTo(3);
        assertThat(err.toString()).contains("sent, but not judged yet");
    }

    @Test
    void aDecisionInAnEndedReleaseIsRefused() throws Exception {
        // Given
        aWorker();
        WorkflowStub release = aRelease();
        run("abort", SampleRelease.ID);
        release.getResult(10, TimeUnit.SECONDS, Object.class);

        // When
        int exit = run("abort", SampleRelease.ID);

        // Then
        assertThat(exit).isEqualTo(4);
        assertThat(err.toString()).contains("has ended");
    }

    @ParameterizedTest
    @CsvSource({
        "rollback, rollback of release by ada",
        "rollback go, rollback of go by ada",
        "extend --by 2h, extend of release by ada: 2h",
        "extend go --by 2h, extend of go by ada: 2h"
    })
    void whatIsSaidToTheReleaseCanAnswerAQuestionToo(String said, String understood) {
        // Given
        aWorker();
        aRelease();
        List<String> words = new ArrayList<>(List.of(said.split(" ")));
        words.add(1, SampleRelease.ID);

        // When
        int exit = run(words.toArray(String[]::new));

        // Then
        assertThat(exit).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines(understood);
    }

    @Test
    void aSkipNeedsAReason() {
        // Given
        aWorker();
        aRelease();

        // When
        int exit = run("skip", SampleRelease.ID, "go");

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).contains("--reason");
    }

    @Test
    void aRescheduleSendsAnInstantAndShowsItInThePersonsZone() {
        // Given
        aWorker();
        aRelease();

        // When
        int exit = run("reschedule", SampleRelease.ID, "--deploy-at", "16:30");

        // Then
        assertThat(exit).isZero();
        assertThat(out.toString()).contains("2025-01-27T15:30:00Z");
        assertThat(err.toString()).contains("16:30:00 CET");
    }

    @Test
    void aDecisionIsSignedWithThePersonsKey() throws Exception {
        // Given
        aWorker();
        aRelease();
        Path key = key();

        // When
        int exit = run("pause", SampleRelease.ID, "--ssh-key", key.toString());

        // Then
        assertThat(exit).isZero();
        assertThat(out.toString()).contains("signed");
    }

    @ParameterizedTest
    @CsvSource({"approve, 0, SUCCEEDED", "abort, 1, ABORTED"})
    void watchEndsWithTheReleaseAndItsExitCodeSaysHow(String verb, int expected, String state) {
        // Given
        aWorker();
        aRelease();
        run(verb, SampleRelease.ID);

        // When
        int exit = run("watch", SampleRelease.ID, "--every", "20");

        // Then
        assertThat(exit).isEqualTo(expected);
        assertThat(out.toString()).contains(SampleRelease.ID + " " + state, "Tag v2.0: PASSED, tag v2.0 at 4f2c91d");
    }

    @Test
    void theReportIsWrittenToAFile() throws IOException {
        // Given
        aWorker();
        aRelease();
        Path file = folder.resolve("report.md");

        // When
        int exit = run("report", SampleRelease.ID, "--output", file.toString());

        // Then
        assertThat(exit).isZero();
        assertThat(Files.readString(file))
                .startsWith("# AUREN Biometric Bridge: AWAITING\\_DECISION".replace("\\", ""));
    }

    @Test
    void theReportAsJsonHasStatusChecklistAndRecord() throws JsonProcessingException {
        // Given
        aWorker();
        aRelease();

        // When
        int exit = run("report", SampleRelease.ID, "--format", "json");

        // Then
        assertThat(exit).isZero();
        assertThat(json().at("/checklist/0/state").asText()).isEqualTo("PASSED");
        assertThat(json().at("/record/requester").asText()).isEqualTo("dana");
    }

    @Test
    void aServerThatKeepsNoListSaysSo() {
        // When
        int exit = run("list");

        // Then
        assertThat(exit).isEqualTo(3);
        assertThat(err.toString()).contains("cannot list releases: it keeps no list");
    }

    @Test
    void aStartPrintsTheIdAndThePage() {
        // Given
        aWorker();

        // When
        int exit = run("start", SampleRelease.file().toString(), "--param", "version=v2.1", "--deploy-at", "+3h");

        // Then
        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString().lines()).first().isEqualTo("biometric-bridge-production-20250127-1");
        assertThat(out.toString())
                .contains(
                        "http://localhost:8233/namespaces/default/workflows/release%2Fbiometric-bridge%2Fproduction/");
        assertThat(err.toString()).contains("T = Mon 2025-01-27 13:00:00 CET (2025-01-27T12:00:00Z), in 3h");
    }

    @Test
    void aStartWithoutAConnectionThatThePlanNamesStartsNothing() {
        // Given
        aWorkerThatLacks(
                new Lack("topics", "connection 'events' (kafka) is not configured; there are cache (redis)"),
                new Lack("lag", "connection 'events' (kafka) is not configured; there are cache (redis)"));

        // When
        int exit = run("start", SampleRelease.file().toString(), "--param", "version=v2.1", "--now");

        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString())
                .contains("connection 'events' (kafka) is not configured; there are cache (redis) (topics, lag)")
                .contains("nothing was started");
        assertThat(run("status", "biometric-bridge-production-20250127-1")).isEqualTo(2);
    }

    @Test
    void aStartWithoutAWorkerOfTheEnvironmentSaysWhichIsMissing() {
        // Given
        aWorkerOfWorkflows();
        environment.start();

        // When
        int exit = run("start", SampleRelease.file().toString(), "--param", "version=v2.1", "--now");

        // Then
        assertThat(exit).isEqualTo(3);
        assertThat(err.toString())
                .contains("no worker answered on the queue longwatch.production", "longwatch worker --config FILE");
    }

    @Test
    void aStartThatIsNotCheckedNeedsNoWorker() {
        // When
        int exit = run("start", SampleRelease.file().toString(), "--param", "version=v2.1", "--now", "--unchecked");

        // Then
        assertThat(exit).as(err.toString()).isZero();
    }

    @Test
    void aSecondStartIsRefusedAndNamesTheReleaseThatRuns() {
        // Given
        aWorker();
        aRelease();

        // When
        int exit = run("start", SampleRelease.file().toString(), "--param", "version=v2.1", "--now", "--unchecked");

        // Then
        assertThat(exit).isEqualTo(4);
        assertThat(err.toString()).contains(SampleRelease.ID + " of biometric-bridge runs in production");
    }

    @Test
    void theNextReleaseOfTheDayHasTheNextNumber() throws Exception {
        // Given
        aWorker();
        WorkflowStub release = aRelease();
        run("abort", SampleRelease.ID);
        release.getResult(10, TimeUnit.SECONDS, Object.class);

        // When
        int exit = run("start", SampleRelease.file().toString(), "--param", "version=v2.1", "--now", "--json");

        // Then
        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString()).contains("\"biometric-bridge-production-20250127-2\"");
    }

    @Test
    void aStartThatSupersedesEndsTheRunningReleaseAndTakesItsPlace() {
        // Given
        aWorker();
        aRelease();

        // When
        int exit = run(start("--supersedes", SampleRelease.ID));

        // Then
        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString()).startsWith("biometric-bridge-production-20250127-2");
        assertThat(err.toString()).contains(SampleRelease.ID + " has ended; nobody watches");
        assertThat(environment
                        .getWorkflowClient()
                        .newUntypedWorkflowStub("release/biometric-bridge/production")
                        .query("request", ReleaseRequest.class)
                        .supersedes())
                .isEqualTo(SampleRelease.ID);
    }

    @Test
    void aReleaseThatRefusesToBeSupersededGoesOnAndNothingIsStarted() {
        // Given
        aWorker();
        aRelease();

        // When
        int exit = run(start("--supersedes", SampleRelease.ID, "--as", "mallory"));

        // Then
        assertThat(exit).isEqualTo(4);
        assertThat(err.toString()).contains("refused: nobody knows mallory");
        assertThat(run("status", SampleRelease.ID)).isZero();
    }

    @Test
    void onlyTheLatestReleaseOfTheServiceCanBeSuperseded() {
        // Given
        aWorker();
        aRelease();

        // When
        int exit = run(start("--supersedes", "biometric-bridge-production-20250101-1"));

        // Then
        assertThat(exit).isEqualTo(4);
        assertThat(err.toString()).contains("the latest release there is " + SampleRelease.ID);
    }

    @Test
    void aReleaseThatNobodySignedIsRefusedAndNothingIsStarted() {
        // Given
        needsProof = true;
        aWorker();

        // When
        int exit = run(start());

        // Then
        assertThat(exit).isEqualTo(4);
        assertThat(err.toString())
                .contains("refused: it carries no proof that it is Ada's; nothing was started", "--ssh-key");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aReleaseIsSignedByWhoeverAsksForIt() throws Exception {
        // Given
        needsProof = true;
        aWorker();

        // When
        int exit = run(start("--as", "ada", "--ssh-key", key().toString(), "--json"));

        // Then
        assertThat(exit).isZero();
        ReleaseRequest request = environment
                .getWorkflowClient()
                .newUntypedWorkflowStub(json().at("/workflowId").asText())
                .query("request", ReleaseRequest.class);
        assertThat(request.requester()).isEqualTo("ada");
        assertThat(request.proof()).contains("BEGIN SSH SIGNATURE");
        assertThat(request.requires()).contains("proof/v1");
    }

    @Test
    void whoAsksAndWhoSignsAreOnePerson() {
        // Given
        aWorker();

        // When
        int exit = run(start("--as", "ada", "--requester", "bob"));

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).contains("--requester 'bob' and --as 'ada' are two people");
    }

    @Test
    void anAnswerToWhatIsNotAskedIsNotSent() {
        // Given
        aWorker();
        aRelease();

        // When
        int exit = run("approve", SampleRelease.ID, "later");

        // Then
        assertThat(exit).isEqualTo(4);
        assertThat(err.toString()).contains("refused: nothing is asked about 'later' now", "Open: go (approve");
    }

    @Test
    void aReasonThatIsTooLongIsRefusedBeforeItIsSent() {
        // Given
        aWorker();
        aRelease();

        // When
        int exit = run("approve", SampleRelease.ID, "go", "--reason", "x".repeat(2_001));

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).contains("its reason has 2001 characters; at most 2000 are kept");
    }

    private static String[] start(String... more) {
        List<String> words =
                new ArrayList<>(List.of("start", SampleRelease.file().toString(), "--param", "version=v2.1", "--now"));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    @Test
    void aDeployTimeTooNearForTheEarliestPhaseSaysWhatIsPossible() {
        // When
        int exit = run("start", SampleRelease.file().toString(), "--param", "version=v2.1", "--deploy-at", "+90m");

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).contains("2h ahead of it", "--deploy-at 2025-01-27T11:01:00Z");
    }

    @Test
    void aStartWithoutItsParametersNamesThemWithTheirPlace() {
        // When
        int exit = run("start", SampleRelease.file().toString(), "--now");

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).containsPattern("plan.yaml:\\d+:\\d+: .*version");
    }

    @Test
    void aPlanIsFoundByItsNameAmongThoseThatComeAlong() throws IOException {
        // Given
        Path plan = Files.createDirectories(folder.resolve("plans/bridge")).resolve("plan.yaml");
        Files.copy(SampleRelease.file(), plan);

        // When
        int exit = run("plan", "list");

        // Then
        assertThat(exit).isZero();
        assertThat(out.toString()).contains("bridge  AUREN Biometric Bridge: biometric-bridge to production");
        assertThat(run("plan", "validate", "bridge")).isZero();
    }

    @Test
    void anInvalidPlanEndsWith2AndItsProblemsWithTheirPlaces() throws IOException {
        // Given
        Path plan = folder.resolve("plan.yaml");
        Files.writeString(plan, Files.readString(SampleRelease.file()).replace("redis.ping", "redis.pong"));

        // When
        int exit = run("plan", "validate", plan.toString());

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).containsPattern("plan.yaml:\\d+:\\d+: .*redis.pong");
    }

    @Test
    void coverageEndsWith1IfNothingAnswersABox() throws IOException {
        // Given
        Path plan = folder.resolve("plan.yaml");
        Files.writeString(plan, Files.readString(SampleRelease.file()).replace(", covers: [7]", ""));

        // When
        int exit = run("plan", "coverage", plan.toString());

        // Then
        assertThat(exit).as(err.toString()).isEqualTo(1);
        assertThat(err.toString()).containsPattern("plan.yaml:\\d+:\\d+: box 7 of CHECKLIST.md is covered by nothing");
        assertThat(out.toString())
                .contains("11/12 boxes answered")
                .containsPattern("\\n   7  NONE    -")
                .contains("   1  NONE    nothing answers it");
    }

    @Test
    void aPlanThatLacksABoxDoesNotStart() throws IOException {
        // Given
        Path plan = folder.resolve("plan.yaml");
        Files.writeString(plan, Files.readString(SampleRelease.file()).replace(", covers: [7]", ""));

        // When
        int exit = run("start", plan.toString(), "--now");

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).contains("box 7 of CHECKLIST.md is covered by nothing");
    }

    @Test
    void coverageComparesTheChecklistWithWhatThePlanSaysOfIt() throws IOException {
        // Given
        Path checklist = Files.writeString(folder.resolve("CHECKLIST.md"), "- [ ] Tag\n- [ ] Build\n");

        // When
        int exit = run("plan", "coverage", SampleRelease.file().toString(), "--source", checklist.toString());

        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("has 2 boxes, the plan says 12").contains("SHA-256 is");
    }

    @Test
    void thePlansCoverageAsJson() throws JsonProcessingException {
        // When
        int exit = run("plan", "coverage", SampleRelease.file().toString(), "--json");

        // Then
        assertThat(exit).isZero();
        assertThat(json().at("/covered").asInt()).isEqualTo(12);
        assertThat(json().at("/classes/AUTO").asInt()).isEqualTo(9);
    }

    @Test
    void aPlanIsShownWithItsPhasesAndItsWayBack() {
        // When
        int exit = run("plan", "show", SampleRelease.file().toString());

        // Then
        assertThat(exit).isZero();
        assertThat(out.toString()).contains("T-2h: Code preparation", "Soak, 48h", "Rollback", "Sign-offs");
    }

    @Test
    void theSchemaIsJson() throws JsonProcessingException {
        // When
        int exit = run("plan", "schema");

        // Then
        assertThat(exit).isZero();
        assertThat(json().has("$schema")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"redis.ping, 0", "redis, 0", "redis.pong, 2"})
    void actionsAreLookedUpByNameOrSystem(String name, int expected) {
        // When
        int exit = run("actions", name);

        // Then
        assertThat(exit).isEqualTo(expected);
        assertThat(out.toString() + err).contains("redis.ping");
    }

    @Test
    void doctorTriesEachConnection() throws IOException {
        // Given
        Path config = Files.writeString(folder.resolve("worker.yaml"), """
            temporal: {address: "127.0.0.1:1"}
            environments:
              production:
                connections:
                  cache: {kind: redis, uri: "redis://127.0.0.1:1"}
            """);

        // When
        int exit = run("doctor", "--config", config.toString());

        // Then
        assertThat(exit).as(err.toString()).isEqualTo(3);
        assertThat(out.toString())
                .containsPattern("unreachable +temporal")
                .containsPattern("unreachable +production/cache \\(redis\\)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker", "doctor"})
    void anInvalidConfigurationEndsWith2AndItsPlace(String command) throws IOException {
        // Given
        Path config = Files.writeString(folder.resolve("worker.yaml"), "environments: 7\n");

        // When
        int exit = run(command, "--config", config.toString());

        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).containsPattern("worker.yaml:1:\\d+: ");
    }
}
