package io.longwatch.activities.kafka;

import io.longwatch.activities.connection.Secret.SecretMissing;
import io.longwatch.contract.Failures;
import io.temporal.failure.ApplicationFailure;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidGroupIdException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicDeletionDisabledException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Names what Kafka's brokers and clients say went wrong. */
final class KafkaFailures {
    private KafkaFailures() {}

    /** @param what the thing that was asked for: "topic 'biometric-events'" */
    static ApplicationFailure of(KafkaConnection connection, String what, KafkaException e) {
        String says = "Kafka at " + connection.bootstrapServers() + ", " + what + ": " + e.getMessage();
        if (e instanceof AuthenticationException || e instanceof AuthorizationException) {
            return Failures.denied(says + "; check the connection's credentials and ACLs", e);
        }
        if (e instanceof UnknownTopicOrPartitionException || e instanceof GroupIdNotFoundException) {
            return Failures.notFound(says);
        }
        if (e instanceof PolicyViolationException || e instanceof TopicDeletionDisabledException) {
            return Failures.refused(says);
        }
        if (isInvalid(e)) {
            return Failures.invalid(says);
        }
        return e instanceof RetriableException || e instanceof InterruptException
                ? Failures.unavailable(says, e)
                : Failures.failed(says, e);
    }

    /** A client that cannot be made. What it says may quote a secret setting, so it is said only where there is none. */
    static ApplicationFailure ofConfiguration(KafkaConnection connection, KafkaException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (String.valueOf(root.getMessage()).startsWith("No resolvable bootstrap urls")) {
            return Failures.unavailable(
                    "no address of Kafka brokers in '" + connection.bootstrapServers() + "' can be resolved", null);
        }
        String said = connection.secretProperties().isEmpty() ? String.valueOf(root.getMessage()) : "not shown";
        return Failures.invalid("Kafka's client for " + connection.bootstrapServers()
                + " does not take its configuration (" + said + "); check properties "
                + new TreeMap<>(connection.properties()).keySet() + " and secretProperties "
                + new TreeMap<>(connection.secretProperties()).keySet());
    }

    static ApplicationFailure of(KafkaConnection connection, SecretMissing missing) {
        return missing.failure("settings of Kafka at " + connection.bootstrapServers());
    }

    private static boolean isInvalid(KafkaException e) {
        return e instanceof InvalidTopicException
                || e instanceof InvalidPartitionsException
                || e instanceof InvalidReplicationFactorException
                || e instanceof InvalidConfigurationException
                || e instanceof InvalidGroupIdException
                || e instanceof InvalidRequestException;
    }
}
