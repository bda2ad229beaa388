package io.longwatch.sandbox.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.actions.image.BuildBefore;
import io.longwatch.actions.image.BuildInput;
import io.longwatch.actions.image.BuildResult;
import io.longwatch.actions.image.InspectInput;
import io.longwatch.actions.image.Layer;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.git.GitConnection;
import io.longwatch.activities.image.ImageActions;
import io.longwatch.activities.image.RegistryConnection;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult.Outcome;
import io.longwatch.sandbox.git.GitRemote;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the image actions need of a registry that is empty at first and allows removal. */
public abstract class RegistryContract {
    protected static final String IMAGE = "auren/biometric-bridge";
    protected static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "image");
    private static final Instant COMMITTED = Instant.parse("2026-11-21T06:00:00Z");
    private static final int ATTEMPTS = 3;

    @TempDir
    protected Path seeds;

    protected GitRemote source;
    protected ImageActions images;

    /** How the registry is reached. */
    protected abstract RegistryConnection registry();

    @BeforeEach
    final void seedSource() throws IOException {
        Files.createDirectories(seeds.resolve("app/lib"));
        Files.writeString(seeds.resolve("app/run"), "#!/bin/sh\necho up\n");
        assertThat(seeds.resolve("app/run").toFile().setExecutable(true)).isTrue();
        Files.writeString(seeds.resolve("app/lib/bridge.py"), "print('bridge')\n");
        source = GitRemote.seededFrom(seeds, COMMITTED);
        var connections = new Connections(
                "production",
                Map.of("registry", registry(), "source", new GitConnection(source.url(), null, null, null)),
                Map.of());
        images = new ImageActions(ActionContext.of(connections, Clock.systemUTC()));
    }

    @AfterEach
    final void closeSource() throws IOException {
        source.close();
    }

    @Test
    void anImageIsBuiltAtACommitAndSaysSo() throws IOException {
        // Given
        BuildInput input = input(source.head(), "v2.0");

        // When
        BuildResult result = images.build(STEP, input, images.buildBefore(STEP, input));
        var read = images.inspect(STEP, new InspectInput("registry", result.reference(), null));

        // Then
        assertThat(result.alreadyThere()).isFalse();
        assertThat(result.image()).isEqualTo(registry().host() + "/" + IMAGE + ":v2.0");
        assertThat(read.digest()).isEqualTo(result.digest());
        assertThat(read.revision()).isEqualTo(source.head());
        assertThat(read.labels()).containsEntry("longwatch.io/step", STEP.key()).containsEntry("team", "bridge");
        assertThat(read.architecture()).isEqualTo("amd64");
        assertThat(read.created()).isEqualTo(COMMITTED);
        assertThat(read.sizeBytes()).isEqualTo(result.sizeBytes()).isPositive();
    }

    @Test
    void theSameStepAtTheSameCommitGivesTheSameDigest() throws IOException {
        // Given
        BuildInput first = input(source.head(), "v2.0");
        BuildInput second = input(source.head(), "v2.0-again");

        // When
        String one = images.build(STEP, first, new BuildBefore(null, null)).digest();
        String other = images.build(STEP, second, new BuildBefore(null, null)).digest();

        // Then
        assertThat(one).isEqualTo(other);
    }

    @Test
    void anAttemptAfterALostOneFindsTheImage() throws IOException {
        // Given
        BuildInput input = input(source.head(), "v2.0");
        BuildBefore before = images.buildBefore(STEP, input);
        BuildResult lost = images.build(STEP, input, before);

        // When
        BuildResult repeated = images.build(STEP, input, before);

        // Then
        assertThat(repeated.alreadyThere()).isTrue();
        assertThat(repeated.digest()).isEqualTo(lost.digest());
    }

    @Test
    void twoAttemptsAtOnceGiveOneImage() throws Exception {
        // Given
        BuildInput input = input(source.head(), "v2.0");
        Callable<BuildResult> attempt = () -> builtAtLast(input);

        // When
        var threads = Executors.newFixedThreadPool(2);
        List<Future<BuildResult>> attempts;
        try {
            attempts = threads.invokeAll(List.of(attempt, attempt));
        } finally {
            threads.shutdown();
        }

        // Then
        assertThat(attempts.get(0).get().digest())
                .isEqualTo(attempts.get(1).get().digest());
    }

    /** Tries again what cannot be had now, as the server does: a registry may refuse one of two that write the same. */
    private BuildResult builtAtLast(BuildInput input) {
        for (int attempt = 1; ; attempt++) {
            try {
                return images.build(STEP, input, new BuildBefore(null, null));
            } catch (ApplicationFailure e) {
                if (!Failures.UNAVAILABLE.equals(e.getType()) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    @Test
    void aTagOfAnotherCommitIsNotMoved() throws IOException {
        // Given
        String first = source.head();
        images.build(STEP, input(first, "v2.0"), new BuildBefore(null, null));
        String second = source.commit("ada", COMMITTED, Map.of("app/lib/bridge.py", "print('other')\n"));
        BuildInput input = input(second, "v2.0");

        // When / Then
        assertFails(() -> images.build(STEP, input, images.buildBefore(STEP, input)), Failures.REFUSED, first, second);
    }

    @Test
    void aTagOfAnotherPlatformIsNotMoved() throws IOException {
        // Given
        images.build(STEP, input(source.head(), "v2.0", "linux/arm64"), new BuildBefore(null, null));
        BuildInput input = input(source.head(), "v2.0");

        // When / Then
        assertFails(
                () -> images.build(STEP, input, images.buildBefore(STEP, input)),
                Failures.REFUSED,
                "for linux/arm64, not for linux/amd64");
    }

    @Test
    void undoRemovesWhatTheStepPushedThoughItsResultIsUnknown() throws IOException {
        // Given
        BuildInput input = input(source.head(), "v2.0");
        BuildBefore before = images.buildBefore(STEP, input);
        images.build(STEP, input, before);

        // When
        var first = images.undoBuild(STEP, input, before, null);
        var second = images.undoBuild(STEP, input, before, null);

        // Then
        assertThat(first.outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(second.outcome()).isEqualTo(Outcome.NOT_NEEDED);
        assertThat(images.buildBefore(STEP, input).digest()).isNull();
    }

    @Test
    void undoLeavesWhatIsInUseUnderAnotherTagOrIsSomeoneElses() throws IOException {
        // Given
        BuildInput input = input(source.head(), "v2.0");
        BuildBefore before = images.buildBefore(STEP, input);
        images.build(STEP, input, before);
        images.build(STEP, input(source.head(), "stable"), before);

        // When
        var shared = images.undoBuild(STEP, input, before, null);
        var foreign = images.undoBuild(STEP.at("other"), input, before, null);

        // Then
        assertThat(shared.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(shared.summary()).contains("stable");
        assertThat(foreign.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(images.buildBefore(STEP, input).digest()).isNotNull();
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        // Given
        String head = source.head();
        var gone = new BuildInput(
                null,
                null,
                head,
                IMAGE,
                "v3",
                null,
                null,
                List.of(new Layer("gone", "/")),
                null,
                null,
                null,
                null,
                null,
                null,
                null);

        // When / Then
        assertFails(() -> images.inspect(STEP, new InspectInput(null, IMAGE + ":v9", null)), Failures.NOT_FOUND, "v9");
        assertFails(() -> images.build(STEP, gone, new BuildBefore(null, null)), Failures.NOT_FOUND, "'gone'", head);
    }

    protected static BuildInput input(String sha, String tag) {
        return input(sha, tag, null);
    }

    private static BuildInput input(String sha, String tag, @Nullable String platform) {
        return new BuildInput(
                "registry",
                "source",
                sha,
                IMAGE,
                tag,
                null,
                null,
                List.of(new Layer("app", "/app")),
                List.of("/app/run"),
                Map.of("LANG", "C.UTF-8"),
                Map.of("team", "bridge"),
                null,
                platform,
                null,
                null);
    }

    protected static void assertFails(Callable<?> call, String type, String... words) {
        assertThatThrownBy(call::call).isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
            assertThat(failure.getType()).isEqualTo(type);
            assertThat(failure.getOriginalMessage()).contains(words);
        });
    }
}
