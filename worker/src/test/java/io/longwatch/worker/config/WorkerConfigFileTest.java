package io.longwatch.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.longwatch.activities.redis.RedisConnection;
import io.longwatch.activities.slack.SlackConnection;
import io.longwatch.worker.config.WorkerConfigFile.Secrets;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerConfigFileTest {
    private static final String WHOLE = """
            temporal: {address: "localhost:7233", namespace: releases, profile: prod}
            identity: worker-1
            listen: {address: 127.0.0.1, port: 0}
            environments:
              production:
                connections:
                  cache: {kind: redis, uri: "redis://cache:6379", timeout: 3s, password: {env: REDIS_PASSWORD}}
                secrets:
                  HEALTHKIT_API_KEY: {env: HEALTHKIT_API_KEY}
              staging: {}
            people:
              - {name: Ada Lovelace, id: ada, roles: [release-manager], slack: U123}
            proofs: {key: {env: LONGWATCH_PROOF_KEY}, channels: [slack, cli]}
            slack: {botToken: {env: SLACK_BOT_TOKEN}, signingSecret: {env: SLACK_SIGNING_SECRET}}
            """;

    @TempDir
    Path folder;

    @Test
    void aWholeConfigurationIsRead() throws Exception {
        // When
        WorkerConfig config = WorkerConfigFile.parse(WHOLE, "worker.yaml");

        // Then
        assertThat(config.identity()).isEqualTo("worker-1");
        assertThat(config.temporal().namespace()).isEqualTo("releases");
        assertThat(config.people())
                .singleElement()
                .satisfies(ada -> assertThat(ada.slack()).isEqualTo("U123"));
        var connections = config.connections().get(0);
        assertThat(connections.environment()).isEqualTo("production");
        assertThat(connections.get(RedisConnection.class, null).uri()).isEqualTo(URI.create("redis://cache:6379"));
        assertThat(connections.get(RedisConnection.class, null).timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(connections.secret("HEALTHKIT_API_KEY"))
                .hasToString("secret from environment variable HEALTHKIT_API_KEY");
    }

    @Test
    void whereAnEnvironmentNamesNoSlackThatOfTheAppServes() throws Exception {
        // When
        WorkerConfig config = WorkerConfigFile.parse(WHOLE, "worker.yaml");

        // Then
        assertThat(config.connections())
                .extracting(connections ->
                        connections.get(SlackConnection.class, null).kind())
                .containsExactly("slack", "slack");
    }

    @Test
    void aSmallConfigurationHasDefaults() throws Exception {
        // When
        WorkerConfig config = WorkerConfigFile.parse("environments: {production: {}}", "worker.yaml");

        // Then
        assertThat(config.listen()).isEqualTo(new WorkerConfig.Listen("127.0.0.1", 8080));
        assertThat(config.directory().isEmpty()).isTrue();
        assertThat(config.proofs().channels()).containsExactly("slack", "cli");
        assertThat(config.slack()).isNull();
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                arguments("an empty file", "", List.of("1:1: is empty")),
                arguments("no YAML", "environments: [", List.of("1:16: this is not YAML")),
                arguments(
                        "a quote left open",
                        "identity: \"x\nenvironments: {}",
                        List.of("1:11: this is not YAML: a quote is opened and never closed")),
                arguments("no environment", "environments: {}", List.of("1:15: environments is empty")),
                arguments("environments absent", "identity: x", List.of("1:1: 'environments' is missing")),
                arguments(
                        "a misspelt field",
                        "enviroments: {production: {}}",
                        List.of(
                                "1:1: 'environments' is missing",
                                "1:14: enviroments: there is no such field; did you mean 'environments'?")),
                arguments(
                        "a field nobody knows",
                        "environments: {production: {}}\nfrobnicate: 1",
                        List.of("2:13: frobnicate: there is no such field; known are temporal, identity,")),
                arguments(
                        "a field twice",
                        "environments: {production: {}}\nidentity: a\nidentity: b",
                        List.of("3:1: identity: stands here twice")),
                arguments(
                        "an unknown kind",
                        "environments: {production: {connections: {cache: {kind: rediss, uri: 'redis://x'}}}}",
                        List.of(
                                "1:57: environments.production.connections.cache.kind: 'rediss' is not one of cloud, command, git, grafana, http, image, kafka, kubernetes, postgres, prometheus, redis, slack; did you mean 'redis'?")),
                arguments(
                        "no kind",
                        "environments: {production: {connections: {cache: {uri: 'redis://x'}}}}",
                        List.of("1:50: environments.production.connections.cache: 'kind' is missing")),
                arguments(
                        "a value that the connection does not take, at its place",
                        "environments:\n  production:\n    connections:\n      cache:\n        kind: redis\n        uri: http://x",
                        List.of("6:14: environments.production.connections.cache: uri 'http://x' is no Redis address")),
                arguments(
                        "a missing field of a connection",
                        "environments: {production: {connections: {cache: {kind: redis}}}}",
                        List.of("1:50: environments.production.connections.cache: 'uri' is missing")),
                arguments(
                        "a duration without unit",
                        "environments: {p: {connections: {c: {kind: redis, uri: 'redis://x', timeout: 5}}}}",
                        List.of(
                                "1:78: environments.p.connections.c.timeout: '5' is not a duration; write 90s, 10m or 2h")),
                arguments(
                        "a list where a value belongs",
                        "environments: {p: {}}\nidentity: [a]",
                        List.of("2:11: identity: is a list; write a single value")),
                arguments(
                        "a value where a list belongs",
                        "environments: {p: {}}\npeople: ada",
                        List.of("2:9: people: is a single value; write a list")),
                arguments(
                        "a key that is no word",
                        "environments:\n  p: {}\n  {{ x }}: {}",
                        List.of("3:3: environments: a key is a word, found a group of fields")),
                arguments(
                        "an address with a port that is none",
                        "environments: {p: {}}\ntemporal: {address: 'localhost:99999'}",
                        List.of("2:21: temporal: address 'localhost:99999' has no port; ports are 1 to 65535")),
                arguments(
                        "an address that is a URL",
                        "environments: {p: {}}\ntemporal: {address: 'http://localhost:7233'}",
                        List.of("2:21: temporal: address 'http://localhost:7233' is no host:port")),
                arguments(
                        "a port that is none",
                        "environments: {p: {}}\nlisten: {port: 99999}",
                        List.of("2:16: listen: port 99999 is no port")),
                arguments(
                        "a port that is no number",
                        "environments: {p: {}}\nlisten: {port: http}",
                        List.of("2:16: listen.port: 'http' is no whole number")),
                arguments(
                        "an address to listen on that nobody has",
                        "environments: {p: {}}\nlisten: {address: '1::nobody'}",
                        List.of("2:19: listen: address '1::nobody' cannot be resolved; write 127.0.0.1")),
                arguments(
                        "a Temporal address with a scheme",
                        "environments: {p: {}}\ntemporal: {address: 'http://x:7233'}",
                        List.of("2:21: temporal: address 'http://x:7233' is no host:port")),
                arguments(
                        "a person who cannot decide",
                        "environments: {p: {}}\npeople: [{name: Ada, id: ada, roles: []}]",
                        List.of("2:10: people[0]: person 'Ada' has neither slack nor ssh")),
                arguments(
                        "people who cannot decide, each at their place",
                        "environments: {p: {}}\npeople:\n- {name: Ada, id: ada, roles: []}\n- {name: Bob, id: bob, roles: [], slack: bob}\n- {name: Eve, id: eve, roles: []}",
                        List.of(
                                "3:3: people[0]: person 'Ada' has neither slack nor ssh",
                                "4:42: people[1]: slack 'bob' is no Slack user id",
                                "5:3: people[2]: person 'Eve' has neither slack nor ssh")),
                arguments(
                        "two people with one Slack user",
                        "environments: {p: {}}\npeople: [{name: A, id: a, roles: [], slack: U1}, {name: B, id: b, roles: [], slack: U1}]",
                        List.of("2:9: people: slack 'U1' stands at A and B")),
                arguments(
                        "a key that is none",
                        "environments: {p: {}}\npeople: [{name: A, id: a, roles: [], ssh: hello}]",
                        List.of("2:43: people[0].ssh: is no SSH public key")),
                arguments(
                        "a channel that nobody checks",
                        "environments: {p: {}}\nproofs: {channels: [slak]}",
                        List.of("2:20: proofs: channel 'slak' is not one of slack, cli; did you mean 'slack'?")),
                arguments(
                        "people and Slack without a key",
                        "environments: {p: {}}\npeople: [{name: A, id: a, roles: [], slack: U1}]\nslack: {botToken: {env: A}, appToken: {env: B}}",
                        List.of("3:8: slack receives decisions, but there is no key to prove them")),
                arguments(
                        "entries that do not go together, all at once",
                        "environments: {p: {}}\npeople: [{name: A, id: a, roles: [], slack: U1}, {name: A, id: b, roles: [], slack: U1}]\nslack: {botToken: {env: A}, appToken: {env: B}}",
                        List.of(
                                "2:9: people: name 'A' stands at A and A",
                                "2:9: people: slack 'U1' stands at A and A",
                                "3:8: slack receives decisions, but there is no key to prove them")),
                arguments(
                        "both ways to receive",
                        "environments: {p: {}}\nslack: {botToken: {env: A}, appToken: {env: B}, signingSecret: {env: C}}",
                        List.of("slack needs either appToken (Socket Mode) or signingSecret (HTTP); found both")),
                arguments(
                        "no way to receive",
                        "environments: {p: {}}\nslack: {botToken: {env: A}}",
                        List.of("slack needs either appToken (Socket Mode) or signingSecret (HTTP); found neither")),
                arguments(
                        "a stand-in that is not on this machine",
                        "environments: {p: {}}\nslack: {botToken: {env: A}, appToken: {env: B}, baseUrl: 'https://evil.example'}",
                        List.of("2:58: slack: baseUrl 'https://evil.example' is not on this machine")),
                arguments(
                        "a secret with two sources",
                        "environments: {p: {secrets: {K: {env: A, file: b}}}}",
                        List.of("1:33: environments.p.secrets.K: a secret names one source")),
                arguments(
                        "a version without a build",
                        "environments: {p: {}}\nversioning: {deployment: longwatch}",
                        List.of("2:13: versioning: 'build' is missing")),
                arguments(
                        "a behaviour that nobody knows",
                        "environments: {p: {}}\nversioning: {build: '1', behaviour: pined}",
                        List.of(
                                "2:37: versioning.behaviour: 'pined' is not one of auto-upgrade, pinned; did you mean 'pinned'?")),
                arguments(
                        "a build id with a colon",
                        "environments: {p: {}}\nversioning: {build: 'a:b'}",
                        List.of("2:21: versioning: build 'a:b' is no build id")),
                arguments(
                        "patience without end",
                        "environments: {p: {}}\nshutdown: {patience: 2h}",
                        List.of("2:22: shutdown: patience PT2H is not within 0s to 10m")),
                arguments(
                        "problems in several places, all at once",
                        "identitty: x\nlisten: {port: no}\nenvironments: {p: {connections: {c: {kind: nope}}}}",
                        List.of(
                                "1:12: identitty: there is no such field; did you mean 'identity'?",
                                "2:16: listen.port: 'no' is no whole number",
                                "3:44: environments.p.connections.c.kind: 'nope' is not one of")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void aBrokenFileIsRefusedWithEveryProblemAtItsPlace(String what, String text, List<String> expected) {
        // When / Then
        assertThatThrownBy(() -> WorkerConfigFile.parse(text, "worker.yaml"))
                .isInstanceOfSatisfying(InvalidConfiguration.class, invalid -> {
                    assertThat(invalid.problems()).hasSameSizeAs(expected);
                    for (String problem : expected) {
                        assertThat(invalid.getMessage()).contains(problem);
                    }
                    assertThat(invalid.getMessage()).startsWith("worker.yaml:");
                });
    }

    @Test
    void aSecretWrittenIntoTheFileIsRefusedAndNotRepeated() {
        // When / Then
        assertThatThrownBy(() -> WorkerConfigFile.parse("environments: {p: {secrets: {K: hunter2}}}", "worker.yaml"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("1:33: environments.p.secrets.K: is no source of a secret")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://ann:hunter2@the cache", "rediss3://ann:hunter2@cache"})
    void aPasswordInAMistypedAddressIsNotRepeated(String uri) {
        // When / Then
        assertThatThrownBy(() -> WorkerConfigFile.parse(
                        "environments: {p: {connections: {c: {kind: redis, uri: '" + uri + "'}}}}", "worker.yaml"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("environments.p.connections.c")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void withoutAVersionThereIsNoneAndPatienceIsTwentySeconds() throws Exception {
        // When
        WorkerConfig config = WorkerConfigFile.parse("environments: {production: {}}", "worker.yaml");

        // Then
        assertThat(config.versioning()).isNull();
        assertThat(config.shutdown().patience()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void aVersionNeedsItsBuildAlone() throws Exception {
        // When
        WorkerConfig config =
                WorkerConfigFile.parse("environments: {production: {}}\nversioning: {build: 1.4.0}", "worker.yaml");

        // Then
        assertThat(config.versioning())
                .isEqualTo(new Versioning("longwatch", "1.4.0", Versioning.Behaviour.AUTO_UPGRADE));
    }

    @Test
    void variablesStandAboveTheFile() throws Exception {
        // Given
        Path file = Files.writeString(
                folder.resolve("worker.yaml"),
                "environments: {p: {}}\nlisten: {port: 8080}\nversioning: {build: '1'}\ntemporal:\n");
        Map<String, String> variables = Map.of(
                "LONGWATCH_LISTEN_PORT", "9090",
                "LONGWATCH_IDENTITY", "worker-7",
                "LONGWATCH_VERSIONING_BUILD", "2",
                "LONGWATCH_SHUTDOWN_PATIENCE", "45s",
                "TEMPORAL_ADDRESS", "temporal.internal:7233",
                "TEMPORAL_NAMESPACE", "",
                "LONGWATCH_HOME", "/opt/longwatch");

        // When
        WorkerConfig config = WorkerConfigFile.read(file, variables, Secrets.LATER);

        // Then
        assertThat(config.listen()).isEqualTo(new WorkerConfig.Listen("127.0.0.1", 9090));
        assertThat(config.identity()).isEqualTo("worker-7");
        assertThat(config.versioning()).isEqualTo(new Versioning(null, "2", null));
        assertThat(config.shutdown().patience()).isEqualTo(Duration.ofSeconds(45));
        assertThat(config.temporal().address()).isEqualTo("temporal.internal:7233");
        assertThat(config.temporal().namespace()).isNull();
    }

    @Test
    void everyVariableHasItsPlaceInTheFile() {
        // When / Then
        assertThat(Overrides.all()).allSatisfy((variable, place) -> {
            Class<?> type = WorkerConfig.class;
            for (String field : place.split("\\.")) {
                assertThat(new Fields(type).byName()).as(variable).containsKey(field);
                type = (Class<?>) new Fields(type).byName().get(field).type();
            }
        });
    }

    @Test
    void wrongVariablesUnsetSecretsAndMistakesInTheFileAreReportedAtOnce() throws Exception {
        // Given
        Path file = Files.writeString(folder.resolve("worker.yaml"), """
                listn: {}
                environments:
                  production:
                    connections:
                      cache: {kind: redis, uri: "redis://x", password: {env: LONGWATCH_TEST_UNSET}}
                    secrets:
                      KEY: {file: /nowhere/key}
                """);
        Map<String, String> variables = Map.of("LONGWATCH_LISTEN_PORT", "99999", "LONGWATCH_SHUTDOWN_PATIENCE", "soon");

        // When / Then
        assertThatThrownBy(() -> WorkerConfigFile.read(file, variables, Secrets.NOW))
                .isInstanceOfSatisfying(
                        InvalidConfiguration.class,
                        invalid -> assertThat(invalid.getMessage().lines())
                                .satisfiesExactlyInAnyOrder(
                                        line -> assertThat(line)
                                                .startsWith("LONGWATCH_LISTEN_PORT: listen: port 99999 is no port"),
                                        line -> assertThat(line)
                                                .startsWith(
                                                        "LONGWATCH_SHUTDOWN_PATIENCE: shutdown.patience: 'soon' is not a"),
                                        line -> assertThat(line)
                                                .contains("worker.yaml:1:8: listn: there is no such field"),
                                        line -> assertThat(line)
                                                .contains(
                                                        "worker.yaml:5:56: environments.production.connections.cache.password:"
                                                                + " environment variable LONGWATCH_TEST_UNSET is not set"),
                                        line -> assertThat(line)
                                                .contains(
                                                        "worker.yaml:7:12: environments.production.secrets.KEY: secret file"
                                                                + " /nowhere/key cannot be read")));
    }

    @Test
    void aKeyOfProofsThatIsTooShortIsRefusedAtItsPlaceBeforeAnyoneDecides() throws Exception {
        // Given
        Path key = Files.writeString(folder.resolve("key"), "hunter2");
        Path file = Files.writeString(
                folder.resolve("worker.yaml"), "environments: {p: {}}\nproofs: {key: {file: " + key + "}}");

        // When / Then
        assertThatThrownBy(() -> WorkerConfigFile.read(file, Map.of(), Secrets.NOW))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("worker.yaml:2:15: proofs: key is too short: ")
                .hasMessageContaining("has 7 characters and needs 32; make one with: openssl rand -hex 32")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void anUnsetSecretIsNoProblemUntilTheWorkerStarts() throws Exception {
        // Given
        Path file = Files.writeString(
                folder.resolve("worker.yaml"), "environments: {p: {secrets: {K: {env: LONGWATCH_TEST_UNSET}}}}");

        // When
        WorkerConfig config = WorkerConfigFile.read(file, Map.of(), Secrets.LATER);

        // Then
        assertThat(config.environments()).containsOnlyKeys("p");
    }

    @Test
    void aMissingFileIsNamed() {
        // When / Then
        assertThatThrownBy(() -> WorkerConfigFile.read(folder.resolve("none.yaml"), Map.of(), Secrets.LATER))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("none.yaml:1:1: cannot be read");
    }

    @Test
    void aBombIsRefusedInTime() throws Exception {
        // Given
        StringBuilder bomb =
                new StringBuilder("environments: {p: {}}\npeople:\n- &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("- &a")
                    .append(i)
                    .append(" [")
                    .append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("*a" + (i - 1) + "]\n");
        }
        Path file = Files.writeString(folder.resolve("bomb.yaml"), bomb);

        // When / Then
        assertThatThrownBy(() -> WorkerConfigFile.read(file, Map.of(), Secrets.LATER))
                .isInstanceOf(InvalidConfiguration.class);
    }
}
