package io.longwatch.system.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.actions.image.BuildBefore;
import io.longwatch.actions.image.BuildInput;
import io.longwatch.actions.image.BuildResult;
import io.longwatch.actions.image.Builder;
import io.longwatch.actions.image.InspectInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.git.GitConnection;
import io.longwatch.activities.image.ImageActions;
import io.longwatch.activities.image.RegistryConnection;
import io.longwatch.contract.Failures;
import io.longwatch.contract.UndoResult.Outcome;
import io.longwatch.sandbox.registry.RegistryContract;
import io.longwatch.system.parts.ImageRegistry;
import io.longwatch.system.parts.Parts;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The contract on Debian's registry, and what skopeo and buildah say of the same images. */
@Timeout(300)
class ImageRegistryTest extends RegistryContract {
    private static final Instant LATER = Instant.parse("2026-11-21T07:00:00Z");

    @TempDir
    Path folder;

    @TempDir
    Path own;

    private @Nullable ImageRegistry registry;

    /** Has buildah keep its layers beside the file that names them. */
    @BeforeAll
    static void keepLayersHere() throws IOException {
        String named = System.getenv("CONTAINERS_STORAGE_CONF");
        if (named != null) {
            Path file = Path.of(named).toAbsolutePath();
            Path layers = Files.createDirectories(file.getParent());
            Files.writeString(file, """
                    [storage]
                    driver = "vfs"
                    graphroot = "%s"
                    runroot = "%s"
                    """.formatted(layers.resolve("layers"), layers.resolve("run")));
        }
    }

    private ImageRegistry here() {
        if (registry == null) {
            registry = ImageRegistry.start(folder);
        }
        return registry;
    }

    @AfterEach
    void stopRegistry() {
        here().close();
    }

    @Override
    protected RegistryConnection registry() {
        return open(here());
    }

    @Test
    void theDigestIsTheOneThatOthersRead() throws IOException {
        // Given
        BuildInput input = input(source.head(), "v2.0");

        // When
        BuildResult result = images.build(STEP, input, images.buildBefore(STEP, input));

        // Then
        assertThat(result.digest()).isEqualTo(here().digest(IMAGE, "v2.0"));
    }

    @Test
    void buildahBuildsADockerfileWithTheSameRecordOfItsOrigin() throws IOException {
        // Given
        Parts.installed("buildah");
        String sha = source.commit("ada", LATER, Map.of("Dockerfile", "FROM scratch\nCOPY app /app\n"));
        BuildInput input = dockerfile(sha, "v2.0");
        BuildBefore before = images.buildBefore(STEP, input);

        // When
        BuildResult result = images.build(STEP, input, before);
        BuildResult repeated = images.build(STEP, input, before);
        var read = images.inspect(STEP, new InspectInput("registry", result.reference(), null));
        var undone = images.undoBuild(STEP, input, before, null);

        // Then
        assertThat(result.digest()).isEqualTo(read.digest());
        assertThat(repeated.alreadyThere()).isTrue();
        assertThat(repeated.digest()).isEqualTo(result.digest());
        assertThat(read.revision()).isEqualTo(sha);
        assertThat(read.labels()).containsEntry("longwatch.io/step", STEP.key());
        assertThat(undone.outcome()).isEqualTo(Outcome.REVERTED);
    }

    @Test
    void buildahLogsInAndIsDeniedWithAWrongPassword() throws IOException {
        // Given
        Parts.installed("buildah");
        String sha = source.commit("ada", LATER, Map.of("Dockerfile", "FROM scratch\nCOPY app /app\n"));
        BuildInput input = dockerfile(sha, "v2.0");
        try (ImageRegistry locked = ImageRegistry.startLocked(own)) {
            // When
            BuildResult result =
                    actions(locked(locked, ImageRegistry.PASSWORD)).build(STEP, input, new BuildBefore(null, null));

            // Then
            assertThat(result.alreadyThere()).isFalse();
            assertFails(
                    () -> actions(locked(locked, "battery staple")).build(STEP, input, new BuildBefore(null, null)),
                    Failures.DENIED,
                    "401");
        }
    }

    @Test
    void aDockerfileThatDoesNotBuildHasFailed() throws IOException {
        // Given
        Parts.installed("buildah");
        String sha = source.commit("ada", LATER, Map.of("Dockerfile", "FROM scratch\nCOPY nothing /app\n"));

        // When / Then
        assertFails(
                () -> images.build(STEP, dockerfile(sha, "v2.0"), new BuildBefore(null, null)),
                Failures.FAILED,
                "buildah build",
                "nothing");
    }

    @Test
    void credentialsAreSentWhenAskedForAndWrongOnesAreDenied() throws IOException {
        // Given
        var missing = new InspectInput(null, IMAGE + ":v2.0", null);
        try (ImageRegistry locked = ImageRegistry.startLocked(own)) {
            // When / Then
            assertFails(
                    () -> actions(locked(locked, ImageRegistry.PASSWORD)).inspect(STEP, missing),
                    Failures.NOT_FOUND,
                    "v2.0");
            assertFails(() -> actions(locked(locked, "battery staple")).inspect(STEP, missing), Failures.DENIED, "401");
            assertFails(() -> actions(open(locked)).inspect(STEP, missing), Failures.DENIED, "asks for credentials");
        }
    }

    @Test
    void jibSendsNoPasswordOverPlainHttp() throws IOException {
        // Given
        BuildInput input = input(source.head(), "v2.0");
        try (ImageRegistry locked = ImageRegistry.startLocked(own)) {
            // When / Then
            assertFails(
                    () -> actions(locked(locked, ImageRegistry.PASSWORD))
                            .build(STEP, input, new BuildBefore(null, null)),
                    Failures.DENIED,
                    locked.host(),
                    "plain HTTP");
        }
    }

    @Test
    void aRegistryThatIsDownIsTriedAgainAndHasTheImageWhenItIsBack() throws IOException {
        // Given
        BuildInput input = input(source.head(), "v2.0");
        BuildResult pushed = images.build(STEP, input, new BuildBefore(null, null));
        here().kill();

        // When / Then
        assertFails(() -> images.build(STEP, input, new BuildBefore(null, null)), Failures.UNAVAILABLE, here().host());
        here().restart();
        BuildResult found = images.build(STEP, input, new BuildBefore(null, null));
        assertThat(found.alreadyThere()).isTrue();
        assertThat(found.digest()).isEqualTo(pushed.digest());
    }

    @Test
    void undoIsRefusedByARegistryThatRemovesNothing() throws IOException {
        // Given
        BuildInput input = input(source.head(), "v2.0");
        try (ImageRegistry keeping = ImageRegistry.startThatKeepsAll(own)) {
            ImageActions actions = actions(open(keeping));
            actions.build(STEP, input, new BuildBefore(null, null));

            // When
            var undone = actions.undoBuild(STEP, input, new BuildBefore(null, null), null);

            // Then
            assertThat(undone.outcome()).isEqualTo(Outcome.REFUSED);
        }
    }

    /** A registry knows no conditional write: who pushes last has the tag, and who lost it is told. */
    @Test
    void ofTwoCommitsThatRaceForATagTheOneThatHasItWasTold() throws Exception {
        // Given
        String first = source.head();
        String second = source.commit("ada", LATER, Map.of("app/lib/bridge.py", "print('other')\n"));
        List<Callable<BuildResult>> attempts = new ArrayList<>();
        for (String sha : List.of(first, second)) {
            attempts.add(() -> images.build(STEP, input(sha, "v2.0"), new BuildBefore(null, null)));
        }

        // When
        var threads = Executors.newFixedThreadPool(2);
        List<Future<BuildResult>> ends;
        try {
            ends = threads.invokeAll(attempts);
        } finally {
            threads.shutdown();
        }

        // Then
        String digest = here().digest(IMAGE, "v2.0");
        List<String> told = new ArrayList<>();
        for (Future<BuildResult> end : ends) {
            try {
                told.add(end.get().digest());
            } catch (ExecutionException e) {
                assertThat(e.getCause())
                        .isInstanceOfSatisfying(
                                ApplicationFailure.class,
                                failure -> assertThat(failure.getType()).isEqualTo(Failures.REFUSED));
            }
        }
        assertThat(told).contains(digest);
    }

    private static RegistryConnection open(ImageRegistry registry) {
        return new RegistryConnection(registry.host(), null, null, true, null, null);
    }

    private RegistryConnection locked(ImageRegistry registry, String password) throws IOException {
        Path file = Files.writeString(seeds.resolve("password-" + password.length()), password);
        return new RegistryConnection(registry.host(), ImageRegistry.USER, Secret.ofFile(file), true, null, null);
    }

    private ImageActions actions(RegistryConnection connection) {
        var connections = new Connections(
                "production",
                Map.of("registry", connection, "source", new GitConnection(source.url(), null, null, null)),
                Map.of());
        return new ImageActions(ActionContext.of(connections, Clock.systemUTC()));
    }

    private static BuildInput dockerfile(String sha, String tag) {
        return new BuildInput(
                "registry",
                "source",
                sha,
                IMAGE,
                tag,
                Builder.BUILDAH,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
