package io.longwatch.starter.identity;

import io.longwatch.decision.Decision;
import io.longwatch.starter.World;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who decides or asks for a release, and what shows it. */
public final class Identity {
    private static final String KEY_VARIABLE = "LONGWATCH_SSH_KEY";

    @Option(names = "--as", paramLabel = "LOGIN", description = "Who you are; the login name by default.")
    private @Nullable String login;

    @Option(
            names = "--ssh-key",
            paramLabel = "FILE",
            description = "Signs what you say with this SSH key; otherwise " + KEY_VARIABLE + ".")
    private @Nullable Path sshKey;

    /** Whether a login was named. */
    public boolean isGiven() {
        return login != null;
    }

    public String login(World world) {
        return login == null ? world.user() : login;
    }

    /** The decision with the person's signature, where they have a key. */
    public Decision signed(Decision decision, World world) {
        Path key = sshKey == null ? configured(world) : sshKey;
        return key == null ? decision : decision.withProof(new SshSigner(key).sign(decision.statement()));
    }

    private static @Nullable Path configured(World world) {
        String file = world.environment().getOrDefault(KEY_VARIABLE, "");
        if (file.isEmpty()) {
            return null;
        }
        return Path.of(file.startsWith("~/") ? System.getProperty("user.home") + file.substring(1) : file);
    }
}
