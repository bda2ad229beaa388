package io.longwatch.system.release;

import io.longwatch.decision.Question;
import io.longwatch.decision.Verb;
import io.longwatch.system.parts.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The people of the release, each with a login and an SSH key of their own. */
final class Team {
    /** Who asks for the release. */
    static final String REQUESTER = "kim";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final List<Member> members;

    private Team(List<Member> members) {
        this.members = List.copyOf(members);
    }

    /** Makes their keys in a folder. */
    static Team withKeysIn(Path folder) {
        return new Team(List.of(
                member(folder, "robin", "release-manager"),
                member(folder, "sasha", "lead-architect"),
                member(folder, REQUESTER, "on-call")));
    }

    private static Member member(Path folder, String login, String role) {
        Path key = folder.resolve("key-of-" + login);
        ServerProcess.run(
                "ssh-keygen",
                folder.resolve("ssh-keygen.log"),
                List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", login, "-f", key.toString()),
                PATIENCE);
        return new Member(login, role, key);
    }

    /** Someone's private key. */
    Path keyOf(String login) {
        return members.stream()
                .filter(member -> member.login.equals(login))
                .map(Member::key)
                .findFirst()
                .orElseThrow();
    }

    /** Their lines of a worker's configuration. */
    String people() {
        StringBuilder lines = new StringBuilder("people:\n");
        members.forEach(member -> lines.append("- {name: %s, id: %s, roles: [%s], ssh: \"%s\"}%n"
                .formatted(member.login, member.login, member.role, member.publicKey())));
        return lines.toString();
    }

    /** The command that answers a question for the first of its roles. */
    List<String> answer(String release, Question question, Verb verb, String words) {
        Member member = members.stream()
                .filter(one -> question.roles().contains(one.role))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody may answer " + question));
        List<String> command = new ArrayList<>(List.of(
                verb.word(),
                release,
                question.subject(),
                "--as",
                member.login,
                "--ssh-key",
                member.key.toString(),
                "--reason",
                words,
                "--digest",
                question.digest()));
        if (verb == Verb.ATTEST || verb == Verb.CONFIRM) {
            command.addAll(List.of("--evidence", "https://wiki.example.org/releases/" + question.subject()));
        }
        return command;
    }

    private record Member(String login, String role, Path key) {
        String publicKey() {
            try {
                return Files.readString(key.resolveSibling(key.getFileName() + ".pub"))
                        .strip();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
