package io.longwatch.worker;

import io.longwatch.activities.announce.AnnounceActions;
import io.longwatch.activities.cloud.CloudActions;
import io.longwatch.activities.command.CommandActions;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.decision.DecisionActions;
import io.longwatch.activities.decision.People;
import io.longwatch.activities.decision.Proofs;
import io.longwatch.activities.env.EnvActions;
import io.longwatch.activities.git.GitActions;
import io.longwatch.activities.grafana.GrafanaActions;
import io.longwatch.activities.http.HttpActions;
import io.longwatch.activities.image.ImageActions;
import io.longwatch.activities.kafka.KafkaActions;
import io.longwatch.activities.kubernetes.KubernetesActions;
import io.longwatch.activities.kubernetes.KubernetesClients;
import io.longwatch.activities.kubernetes.PortForwards;
import io.longwatch.activities.postgres.PostgresActions;
import io.longwatch.activities.preflight.PreflightActions;
import io.longwatch.activities.prometheus.PrometheusActions;
import io.longwatch.activities.redis.RedisActions;
import io.longwatch.activities.secret.SecretActions;
import io.longwatch.activities.slack.SlackActions;
import io.longwatch.activities.soak.Looks;
import io.longwatch.activities.soak.ReadActions;
import io.longwatch.activities.soak.SoakActions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Everything that an environment's queue can carry out; a line per system. Holds the clients they share. */
public final class Systems implements AutoCloseable {
    private final People people;
    private final Proofs proofs;
    private final Clock clock;
    private final Looks looks;
    private final List<AutoCloseable> holders = new ArrayList<>();

    public Systems(People people, Proofs proofs, Clock clock) {
        this(people, proofs, clock, Looks.unheard());
    }

    public Systems(People people, Proofs proofs, Clock clock, Looks looks) {
        this.looks = looks;
        this.people = people;
        this.proofs = proofs;
        this.clock = clock;
    }

    /** What actions of an environment are made of. */
    public ActionContext context(Connections connections) {
        return ActionContext.of(connections, clock);
    }

    /** Who decides: also what the workflows' queue needs, which judges beside them. */
    public DecisionActions decisions() {
        return new DecisionActions(people, proofs, clock);
    }

    /** The activities of an environment, to be registered on its queue. */
    public List<Object> activities(Connections connections) {
        ActionContext context = context(connections);
        List<Object> actions = actions(context);
        Stream<Object> others = Stream.of(
                decisions(),
                new AnnounceActions(context, people),
                new SoakActions(context, ReadActions.of(actions), looks),
                new PreflightActions(context, people, proofs));
        return Stream.concat(actions.stream(), others).toList();
    }

    private List<Object> actions(ActionContext context) {
        KubernetesClients clusters = new KubernetesClients();
        PostgresActions postgres = new PostgresActions(context);
        holders.add(clusters);
        holders.add(postgres);
        return List.of(
                new CloudActions(context),
                new CommandActions(context),
                new EnvActions(context, clusters),
                new GitActions(context),
                new GrafanaActions(context),
                new HttpActions(context, new PortForwards(context, clusters)),
                new ImageActions(context),
                new KafkaActions(context),
                new KubernetesActions(context, clusters),
                postgres,
                new PrometheusActions(context),
                new RedisActions(context),
                new SecretActions(context, clusters),
                new SlackActions(context));
    }

    /** Gives back what the actions held: pools, clients. */
    @Override
    public void close() {
        Closing closing = new Closing();
        holders.forEach(holder -> closing.then("a system's client", holder));
    }
}
