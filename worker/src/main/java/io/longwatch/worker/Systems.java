package io.longwatch.worker;

import io.longwatch.activities.announce.AnnounceActions;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.decision.DecisionActions;
import io.longwatch.activities.decision.People;
import io.longwatch.activities.decision.Proofs;
import io.longwatch.activities.redis.RedisActions;
import io.longwatch.activities.slack.SlackActions;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Everything that an environment's queue can carry out; a line per system. */
public final class Systems {
    private static final List<Function<ActionContext, Object>> ACTIONS = List.of(RedisActions::new, SlackActions::new);

    private final People people;
    private final Proofs proofs;
    private final Clock clock;

    public Systems(People people, Proofs proofs, Clock clock) {
        this.people = people;
        this.proofs = proofs;
        this.clock = clock;
    }

    /** What actions of an environment are made of. */
    public ActionContext context(Connections connections) {
        return ActionContext.of(connections, clock);
    }

    /** The activities of an environment, to be registered on its queue. */
    public List<Object> activities(Connections connections) {
        ActionContext context = context(connections);
        Stream<Object> actions = ACTIONS.stream().map(each -> each.apply(context));
        Stream<Object> people =
                Stream.of(new DecisionActions(this.people, proofs, clock), new AnnounceActions(context, this.people));
        return Stream.concat(actions, people).toList();
    }
}
