package io.longwatch.starter.identity;

import io.longwatch.starter.CommandFailed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Signs with a person's SSH key, by ssh-keygen, so that agents and hardware keys work. */
final class SshSigner {
    private static final String NAMESPACE = "longwatch";
    private static final long MINUTES = 2;

    private final Path key;

    SshSigner(Path key) {
        this.key = key;
    }

    /** The armoured signature over the text. */
    String sign(String text) {
        if (!Files.isReadable(key)) {
            throw CommandFailed.usage(
                    "SSH key '" + key + "' cannot be read", "Name yours: --ssh-key ~/.ssh/id_ed25519");
        }
        try {
            return run(text);
        } catch (IOException e) {
            throw CommandFailed.unreachable(
                    "ssh-keygen cannot be run: " + e.getMessage(), "Install OpenSSH 8.1 or later.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailed.unreachable("interrupted while signing", null, e);
        }
    }

    private String run(String text) throws IOException, InterruptedException {
        Path problems = Files.createTempFile("longwatch-sign", ".txt");
        try {
            Process process = new ProcessBuilder("ssh-keygen", "-Y", "sign", "-n", NAMESPACE, "-f", key.toString())
                    .redirectError(problems.toFile())
                    .start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(text.getBytes(StandardCharsets.UTF_8));
            }
            String signature = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw CommandFailed.usage(
                        "ssh-keygen did not sign with '" + key + "': "
                                + Files.readString(problems).strip(),
                        null);
            }
            return signature;
        } finally {
            Files.deleteIfExists(problems);
        }
    }
}
