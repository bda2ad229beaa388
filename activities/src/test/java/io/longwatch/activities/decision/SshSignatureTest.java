package io.longwatch.activities.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longwatch.contract.StepRef;
import io.longwatch.decision.Decision;
import io.longwatch.decision.Judgement;
import io.longwatch.decision.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures by the real ssh-keygen, where there is one. */
class SshSignatureTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "go");

    @TempDir
    Path folder;

    @BeforeAll
    static void needsOpenSsh() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-keygen")), "no ssh-keygen on this machine");
    }

    @ParameterizedTest
    @CsvSource({"ed25519, 256", "rsa, 3072", "ecdsa, 256"})
    void aDecisionSignedWithThePersonsKeyIsTheirs(String type, int bits) throws Exception {
        // Given
        Path key = newKey(type, bits);
        Decision decision = decision(Verb.APPROVE);

        // When
        Judgement judgement = judgeKnowing(key).judge(STEP, decision.withProof(sign(key, "longwatch", decision)));

        // Then
        assertThat(judgement.refusal()).isNull();
        assertThat(judgement.person()).isEqualTo("Ada Lovelace");
    }

    @ParameterizedTest
    @CsvSource({"ed25519, 256", "rsa, 3072", "ecdsa, 256"})
    void aSignatureOverAnotherDecisionIsRefused(String type, int bits) throws Exception {
        // Given
        Path key = newKey(type, bits);
        String proof = sign(key, "longwatch", decision(Verb.REJECT));

        // When
        Judgement judgement =
                judgeKnowing(key).judge(STEP, decision(Verb.APPROVE).withProof(proof));

        // Then
        assertThat(judgement.authentic()).isFalse();
        assertThat(judgement.refusal()).contains("not one by Ada Lovelace's key over this decision");
    }

    @Test
    void anotherPersonsKeyIsRefused() throws Exception {
        // Given
        Path hers = newKey("ed25519", 256);
        Path someone = newKey("ed25519", 256);
        Decision decision = decision(Verb.APPROVE);

        // When
        Judgement judgement = judgeKnowing(hers).judge(STEP, decision.withProof(sign(someone, "longwatch", decision)));

        // Then
        assertThat(judgement.authentic()).isFalse();
    }

    @Test
    void aSignatureMadeForSomethingElseIsRefused() throws Exception {
        // Given
        Path key = newKey("ed25519", 256);
        Decision decision = decision(Verb.APPROVE);

        // When
        Judgement judgement = judgeKnowing(key).judge(STEP, decision.withProof(sign(key, "git", decision)));

        // Then
        assertThat(judgement.authentic()).isFalse();
    }

    @Test
    void textThatIsNoSignatureIsRefusedWithTheCommandThatMakesOne() throws Exception {
        // Given
        Path key = newKey("ed25519", 256);

        // When
        Judgement judgement =
                judgeKnowing(key).judge(STEP, decision(Verb.APPROVE).withProof("trust me"));

        // Then
        assertThat(judgement.refusal()).contains("ssh-keygen -Y sign -n longwatch");
    }

    @ParameterizedTest
    @CsvSource({
        "ssh-ed25519, is no SSH public key",
        "ssh-dss AAAAB3NzaC1kc3M=, is no usable SSH public key",
        "ssh-ed25519 AAAA, is no usable SSH public key"
    })
    void whatIsNoKeyIsNamed(String line, String words) {
        // When / Then
        assertThatThrownBy(() -> SshPublicKey.parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @Test
    void aShortRsaKeyIsRefused() throws Exception {
        // Given
        String line = Files.readString(Path.of(newKey("rsa", 1024) + ".pub"));

        // When / Then
        assertThatThrownBy(() -> SshPublicKey.parse(line)).hasMessageContaining("1024 bits is too short");
    }

    private static Decision decision(Verb verb) {
        return new Decision(
                "cli-1", STEP.release(), "go", "sha256:1", verb, "ada", "cli", NOW, "two\nlines", null, null, null);
    }

    private static DecisionActions judgeKnowing(Path key) throws IOException {
        var publicKey = SshPublicKey.parse(Files.readString(Path.of(key + ".pub")));
        var ada = new Person("Ada Lovelace", "ada", List.of("release-manager"), null, publicKey);
        return new DecisionActions(
                new People(List.of(ada)), new Proofs(null, List.of("cli")), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private Path newKey(String type, int bits) throws Exception {
        Path key = Files.createTempDirectory(folder, type).resolve("id");
        run("ssh-keygen", "-q", "-t", type, "-b", Integer.toString(bits), "-N", "", "-C", "ada", "-f", key.toString());
        return key;
    }

    private String sign(Path key, String namespace, Decision decision) throws Exception {
        Path statement = Files.writeString(Files.createTempFile(folder, "statement", ""), decision.statement());
        run("ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", key.toString(), statement.toString());
        return Files.readString(Path.of(statement + ".sig"));
    }

    private void run(String... command) throws Exception {
        Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("ssh-keygen.log").toFile())
                .start();
        assertThat(process.waitFor()).isZero();
    }
}
