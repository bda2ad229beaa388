package io.longwatch.worker.config;

import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.decision.Channels;
import io.longwatch.activities.decision.KeyedProof;
import io.longwatch.activities.decision.People;
import io.longwatch.activities.decision.Person;
import io.longwatch.activities.decision.Proofs;
import io.longwatch.activities.ledger.LedgerAddress;
import io.longwatch.activities.slack.SlackConnection;
import io.longwatch.plan.load.Nearest;
import io.longwatch.temporal.HostPort;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is told.
 *
 * @param temporal the Temporal server; by default temporal.toml and the variables TEMPORAL_*
 * @param identity name of this worker in histories and in the Temporal UI; process and host by default
 * @param listen where health, metrics and Slack's requests are served; 127.0.0.1:8080 by default
 * @param environments environments it serves, by name
 * @param people who may decide; without any the worker trusts the namespace
 * @param proofs how decisions are proved
 * @param slack the Slack app whose buttons are received, or null
 * @param serve what it runs of that, everything by default
 * @param shutdown how it stops
 * @param versioning version of a Worker Deployment under which it runs releases, or null for none
 * @param ledger where releases are kept beyond Temporal's retention, or null
 */
public record WorkerConfig(
        Temporal temporal,
        @Nullable String identity,
        Listen listen,
        Map<String, Environment> environments,
        List<Person> people,
        ProofsConfig proofs,
        @Nullable SlackApp slack,
        Serve serve,
        Shutdown shutdown,
        @Nullable Versioning versioning,
        @Nullable LedgerAddress ledger) {

    public WorkerConfig(
            @Nullable Temporal temporal,
            @Nullable String identity,
            @Nullable Listen listen,
            Map<String, Environment> environments,
            @Nullable List<Person> people,
            @Nullable ProofsConfig proofs,
            @Nullable SlackApp slack,
            @Nullable Serve serve,
            @Nullable Shutdown shutdown,
            @Nullable Versioning versioning,
            @Nullable LedgerAddress ledger) {
        this.temporal = temporal == null ? new Temporal(null, null, null, null) : temporal;
        this.identity = identity;
        this.listen = listen == null ? new Listen(null, null) : listen;
        this.environments = Map.copyOf(environments);
        this.people = people == null ? List.of() : List.copyOf(people);
        this.proofs = proofs == null ? new ProofsConfig(null, null) : proofs;
        this.slack = slack;
        this.serve = serve == null ? Serve.ALL : serve;
        this.shutdown = shutdown == null ? new Shutdown(null) : shutdown;
        this.versioning = versioning;
        this.ledger = ledger;
        requireConsistent();
    }

    private void requireConsistent() {
        List<String> problems = new ArrayList<>();
        if (environments.isEmpty()) {
            problems.add("environments is empty; name at least one, as environments: {production: {connections: {}}}");
        }
        sharedByPeople().ifPresent(problems::add);
        boolean answersCount = proofs.channels().contains(Channels.SLACK);
        if (slack != null && answersCount && !people.isEmpty() && proofs.key() == null) {
            problems.add("slack receives decisions, but there is no key to prove them;"
                    + " write proofs: {key: {env: LONGWATCH_PROOF_KEY}}");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }

    private Optional<String> sharedByPeople() {
        try {
            new People(people);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    /** Connections and secrets of each environment. Where none names a connection to Slack, that of the app serves. */
    public List<Connections> connections() {
        return new TreeMap<>(environments)
                .entrySet().stream()
                        .map(each -> connectionsOf(each.getKey(), each.getValue()))
                        .toList();
    }

    private Connections connectionsOf(String name, Environment environment) {
        Map<String, io.longwatch.activities.connection.Connection> all = new TreeMap<>(environment.connections());
        boolean hasSlack = all.values().stream().anyMatch(SlackConnection.class::isInstance);
        if (slack != null && !hasSlack) {
            all.putIfAbsent(SlackConnection.KIND, slack.connection());
        }
        return new Connections(name, all, environment.secrets());
    }

    /** Who may decide. */
    public People directory() {
        return new People(people);
    }

    /** Which proofs count. */
    public Proofs checks() {
        return new Proofs(proofs.key() == null ? null : new KeyedProof(proofs.key()), proofs.channels());
    }

    /**
     * A Temporal server. What is absent here comes from the profile of temporal.toml; the
     * variables TEMPORAL_* stand above both.
     *
     * @param address host:port
     * @param namespace namespace
     * @param profile profile of temporal.toml
     * @param configFile another temporal.toml
     */
    public record Temporal(
            @Nullable String address,
            @Nullable String namespace,
            @Nullable String profile,
            @Nullable Path configFile) {
        public Temporal {
            Optional.ofNullable(address).flatMap(HostPort::problem).ifPresent(problem -> {
                throw new IllegalArgumentException("address " + problem);
            });
        }
    }

    /**
     * Where the worker listens.
     *
     * @param address address, 127.0.0.1 by default
     * @param port port, 8080 by default; 0 for any free one
     */
    public record Listen(String address, Integer port) {
        private static final int HIGHEST_PORT = 65_535;

        public Listen(@Nullable String address, @Nullable Integer port) {
            this.address = address == null ? "127.0.0.1" : address;
            this.port = port == null ? 8080 : port;
            if (this.port < 0 || this.port > HIGHEST_PORT) {
                throw new IllegalArgumentException("port " + this.port + " is no port; write 1 to 65535, or 0 for any");
            }
            if (new InetSocketAddress(this.address, this.port).isUnresolved()) {
                throw new IllegalArgumentException("address '" + this.address
                        + "' cannot be resolved; write 127.0.0.1, or 0.0.0.0 for all addresses of this machine");
            }
        }
    }

    /** What a worker runs. */
    public enum Serve {
        ALL,
        /** Releases, but none of their steps and looks: for a build that only has its pinned releases to finish. */
        WORKFLOWS,
        /** Steps and looks of its environments, but no releases: for where their credentials are. */
        ACTIVITIES;

        public boolean workflows() {
            return this != ACTIVITIES;
        }

        public boolean activities() {
            return this != WORKFLOWS;
        }
    }

    /**
     * How the worker stops.
     *
     * @param patience how long what runs may go on before it is left to another worker, 20 s by default
     */
    public record Shutdown(Duration patience) {
        private static final Duration LONGEST = Duration.ofMinutes(10);

        public Shutdown(@Nullable Duration patience) {
            this.patience = patience == null ? Duration.ofSeconds(20) : patience;
            if (this.patience.isNegative() || this.patience.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("patience " + this.patience
                        + " is not within 0s to 10m; write 20s, less than what stops the process waits");
            }
        }
    }

    /**
     * What steps of one environment may use.
     *
     * @param connections connections by the name that plans use
     * @param secrets secrets by the name that plans use
     */
    public record Environment(
            Map<String, io.longwatch.activities.connection.Connection> connections, Map<String, Secret> secrets) {
        public Environment(
                @Nullable Map<String, io.longwatch.activities.connection.Connection> connections,
                @Nullable Map<String, Secret> secrets) {
            this.connections = connections == null ? Map.of() : Map.copyOf(connections);
            this.secrets = secrets == null ? Map.of() : Map.copyOf(secrets);
        }
    }

    /**
     * How decisions are proved.
     *
     * @param key key of the Slack receiver's hash, the same on every worker
     * @param channels channels whose decisions count; slack and cli by default
     */
    public record ProofsConfig(@Nullable Secret key, List<String> channels) implements ReadsSecrets {
        public ProofsConfig(@Nullable Secret key, @Nullable List<String> channels) {
            this.key = key;
            this.channels = channels == null ? Channels.all() : List.copyOf(channels);
            for (String channel : this.channels) {
                if (!Channels.all().contains(channel)) {
                    throw new IllegalArgumentException("channel '" + channel + "' is not one of "
                            + String.join(", ", Channels.all()) + Nearest.hint(channel, Channels.all()));
                }
            }
        }

        @Override
        public void requireSecrets() {
            try {
                if (key != null) {
                    new KeyedProof(key).requireLongKey();
                }
            } catch (IllegalStateException e) {
                throw new IllegalArgumentException("key is too short: " + e.getMessage(), e);
            }
        }
    }

    /**
     * The Slack app. Its buttons come by Socket Mode with an app token, else by HTTP to {@code /slack/events} with a
     * signing secret.
     *
     * @param botToken bot token, {@code xoxb-...}
     * @param appToken app-level token with connections:write, {@code xapp-...}
     * @param signingSecret signing secret
     * @param baseUrl where the Web API is, for a stand-in on loopback
     */
    public record SlackApp(
            Secret botToken,
            @Nullable Secret appToken,
            @Nullable Secret signingSecret,
            @Nullable URI baseUrl) {
        public SlackApp {
            if ((appToken == null) == (signingSecret == null)) {
                throw new IllegalArgumentException(
                        "slack needs either appToken (Socket Mode) or signingSecret (HTTP); found "
                                + (appToken == null ? "neither" : "both"));
            }
            new SlackConnection(botToken, baseUrl, null);
        }

        /** The connection that posts as this app. */
        public SlackConnection connection() {
            return new SlackConnection(botToken, baseUrl, null);
        }
    }
}
