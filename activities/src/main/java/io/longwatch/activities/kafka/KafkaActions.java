package io.longwatch.activities.kafka;

import io.longwatch.actions.kafka.ConsumeInput;
import io.longwatch.actions.kafka.ConsumeResult;
import io.longwatch.actions.kafka.CreateTopicBefore;
import io.longwatch.actions.kafka.CreateTopicInput;
import io.longwatch.actions.kafka.CreateTopicResult;
import io.longwatch.actions.kafka.DescribeInput;
import io.longwatch.actions.kafka.DescribeResult;
import io.longwatch.actions.kafka.KafkaActivities;
import io.longwatch.actions.kafka.LagInput;
import io.longwatch.actions.kafka.LagResult;
import io.longwatch.actions.kafka.OffsetsInput;
import io.longwatch.actions.kafka.OffsetsResult;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Secret.SecretMissing;
import io.longwatch.contract.StepRef;
import io.longwatch.contract.UndoResult;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Kafka for an environment's steps: finds the connection, runs the action on it, names what went wrong. */
public final class KafkaActions implements KafkaActivities {
    private final ActionContext context;

    public KafkaActions(ActionContext context) {
        this.context = context;
    }

    @Override
    public DescribeResult describe(StepRef step, DescribeInput input) {
        String what = input.topic() == null ? "the cluster" : topic(input.topic());
        return on(input.connection(), what, admin -> new Describe(admin, input).run());
    }

    @Override
    public CreateTopicBefore createTopicBefore(StepRef step, CreateTopicInput input) {
        return on(
                input.connection(),
                topic(input.topic()),
                admin -> new CreateTopic(admin, context.invocation(), input).before());
    }

    @Override
    public CreateTopicResult createTopic(StepRef step, CreateTopicInput input, CreateTopicBefore before) {
        return on(
                input.connection(),
                topic(input.topic()),
                admin -> new CreateTopic(admin, context.invocation(), input).run(before));
    }

    @Override
    public UndoResult undoCreateTopic(
            StepRef step, CreateTopicInput input, CreateTopicBefore before, @Nullable CreateTopicResult result) {
        return on(
                input.connection(),
                topic(input.topic()),
                admin -> new UndoCreateTopic(admin, context.invocation(), input).run(before, result));
    }

    @Override
    public OffsetsResult offsets(StepRef step, OffsetsInput input) {
        return on(input.connection(), "topics " + input.topics(), admin -> new Offsets(admin, input).run());
    }

    @Override
    public ConsumeResult consume(StepRef step, ConsumeInput input) {
        KafkaConnection connection = context.connections().get(KafkaConnection.class, input.connection());
        return on(input.connection(), topic(input.topic()), admin -> {
            try (var consumer = new Clients(connection).consumer()) {
                return new Consume(admin, consumer, context.invocation(), input, connection.timeout()).run();
            }
        });
    }

    @Override
    public LagResult lag(StepRef step, LagInput input) {
        return on(input.connection(), "consumer group '" + input.group() + "'", admin -> new Lag(admin, input).run());
    }

    private <R> R on(@Nullable String name, String what, Function<Admin, R> action) {
        KafkaConnection connection = context.connections().get(KafkaConnection.class, name);
        try (Admin admin = new Clients(connection).admin()) {
            return action.apply(admin);
        } catch (KafkaException e) {
            throw KafkaFailures.of(connection, what, e);
        } catch (SecretMissing e) {
            throw KafkaFailures.of(connection, e);
        }
    }

    private static String topic(String name) {
        return "topic '" + name + "'";
    }
}
