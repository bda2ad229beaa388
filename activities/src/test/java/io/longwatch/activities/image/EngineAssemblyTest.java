package io.longwatch.activities.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.actions.image.BuildInput;
import io.longwatch.actions.image.Builder;
import io.longwatch.activities.connection.CancelledBeforeWriting;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.git.Checkout;
import io.longwatch.activities.git.GitConnection;
import io.longwatch.activities.git.OwnSettings;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineAssemblyTest {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "image");

    @TempDir
    Path folder;

    private String sha;
    private Path calls;

    @BeforeEach
    void seedSource() throws IOException, GitAPIException {
        OwnSettings.install();
        Path source = Files.createDirectory(folder.resolve("source"));
        Files.createDirectory(source.resolve("bridge"));
        Files.writeString(source.resolve("bridge/Dockerfile"), "FROM scratch\n");
        try (Git git = Git.init().setDirectory(source.toFile()).call()) {
            git.add().addFilepattern(".").call();
            sha = git.commit()
                    .setMessage("Begin")
                    .setAuthor(new PersonIdent("ada", "ada@example.org"))
                    .setCommitter(new PersonIdent("ada", "ada@example.org"))
                    .setSign(false)
                    .call()
                    .name();
        }
        calls = folder.resolve("calls");
    }

    @Test
    void aCleanCheckoutIsBuiltLabelledPushedAndTheLocalCopyRemoved() throws Exception {
        // Given
        var docker = new EngineAssembly("docker", engine("[ $1 != build ] || test -f \"$3\" || exit 9"));

        // When
        push(docker, registry(), "bridge");

        // Then
        List<String> lines = Files.readAllLines(calls);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .startsWith("build --file ")
                .contains("/bridge/Dockerfile --tag registry.example.org/auren/bridge:v2.0 ")
                .contains("--label longwatch.io/step=" + STEP.key())
                .contains("--label org.opencontainers.image.revision=" + sha)
                .contains("--platform linux/amd64 ")
                .endsWith("/bridge");
        assertThat(lines.get(1)).isEqualTo("push registry.example.org/auren/bridge:v2.0");
        assertThat(lines.get(2)).isEqualTo("rmi registry.example.org/auren/bridge:v2.0");
    }

    @Test
    void theLoginStandsInAFileThatIsGoneAfterwardsAndInNoArgument() throws Exception {
        // Given
        Path kept = folder.resolve("login");
        Path secret = Files.writeString(folder.resolve("password"), "correct horse");
        var registry =
                new RegistryConnection("registry.example.org", "bridge", Secret.ofFile(secret), null, null, null);
        var podman = new EngineAssembly(
                "podman", engine("cp \"$REGISTRY_AUTH_FILE\" " + kept + "; echo \"$DOCKER_CONFIG\" > " + kept + ".at"));

        // When
        push(podman, registry, "bridge");

        // Then
        assertThat(kept).content().contains("registry.example.org").doesNotContain("correct horse");
        assertThat(Path.of(Files.readString(folder.resolve("login.at")).strip()))
                .doesNotExist();
        assertThat(calls).content().doesNotContain("horse");
    }

    @Test
    void aBuildThatFailsIsFinalAndNothingIsPushed() throws Exception {
        // Given
        var buildah = new EngineAssembly("buildah", engine("echo 'step 3: no such file'; exit 4"));

        // When / Then
        assertFails(buildah, "bridge", Failures.FAILED, "ended with 4", "step 3: no such file");
        assertThat(Files.readAllLines(calls)).hasSize(1);
    }

    @Test
    void aPushThatIsRefusedIsDeniedAndOneThatFailsIsRetried() throws Exception {
        // Given
        var refused = new EngineAssembly("docker", engine("[ $1 = push ] && echo unauthorized && exit 1; exit 0"));
        var broken = new EngineAssembly("docker", engine("[ $1 = push ] && echo reset by peer && exit 1; exit 0"));

        // When / Then
        assertFails(refused, "bridge", Failures.DENIED, "unauthorized");
        assertFails(broken, "bridge", Failures.UNAVAILABLE, "reset by peer");
    }

    @Test
    void aCancelledPushLeavesNoImageWithTheEngine() throws Exception {
        // Given
        var docker = new EngineAssembly("docker", engine("true"));

        // When / Then
        assertThatThrownBy(() -> push(docker, registry(), "bridge", new CancelledBeforeWriting()))
                .isInstanceOf(ActivityCanceledException.class);
        assertThat(Files.readAllLines(calls)).hasSize(2).last().isEqualTo("rmi registry.example.org/auren/bridge:v2.0");
    }

    @Test
    void aMissingDockerfileOrEngineIsNamed() {
        // Given
        var missing = new EngineAssembly("podman", "/no/such/podman");

        // When / Then
        assertFails(missing, ".", Failures.NOT_FOUND, "'Dockerfile'", sha);
        assertFails(missing, "bridge", Failures.FAILED, "podman could not be started", "jib");
    }

    private void push(Assembly assembly, RegistryConnection registry, String context) throws Exception {
        push(assembly, registry, context, Invocation.detached());
    }

    private void push(Assembly assembly, RegistryConnection registry, String context, Invocation invocation)
            throws Exception {
        var input = new BuildInput(
                null,
                null,
                sha,
                "auren/bridge",
                "v2.0",
                Builder.DOCKER,
                null,
                null,
                null,
                null,
                Map.of(),
                null,
                null,
                context,
                null);
        var source = new GitConnection(folder.resolve("source").toUri(), null, null, null);
        try (Checkout checkout = Checkout.of(source, sha, Invocation.detached())) {
            assembly.push(new Recipe(STEP, input, registry), checkout, invocation);
        }
    }

    private void assertFails(Assembly assembly, String context, String type, String... words) {
        assertThatThrownBy(() -> push(assembly, registry(), context))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo(type);
                    assertThat(failure.getOriginalMessage()).contains(words);
                });
    }

    private static RegistryConnection registry() {
        return new RegistryConnection("registry.example.org", null, null, null, null, null);
    }

    /** A program that notes its arguments and then does as told. */
    private String engine(String then) throws IOException {
        Path program = folder.resolve("engine-" + Math.abs(then.hashCode()));
        Files.writeString(program, "#!/bin/sh\necho \"$*\" >> " + calls + "\n" + then + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program.toString();
    }
}
