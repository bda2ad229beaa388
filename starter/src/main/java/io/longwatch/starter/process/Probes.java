package io.longwatch.starter.process;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longwatch.activities.connection.Connections;
import io.longwatch.activities.connection.Probing;
import io.longwatch.activities.connection.Secret;
import io.longwatch.contract.ActionResult;
import io.longwatch.contract.Json;
import io.longwatch.contract.StepRef;
import io.longwatch.starter.process.Finding.Health;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.failure.ApplicationFailure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Tries each connection of an environment by an action that only reads. */
final class Probes {
    private static final Map<String, Probe> BY_KIND = Map.of(
            "redis", new Probe("redis.ping", Map.of()),
            "postgres", new Probe("postgres.query", Map.of("sql", "SELECT 1")),
            "kafka", new Probe("kafka.describe", Map.of()),
            "prometheus", new Probe("prometheus.query", Map.of("query", "vector(1)")),
            "kubernetes", new Probe("kubernetes.get", Map.of("kind", "Pod")));

    /** An action and its inputs, the connection aside. */
    private record Probe(String action, Map<String, String> with) {}

    private final Connections connections;
    private final List<Object> activities;

    /**
     * For one environment.
     *
     * @param activities what its queue can carry out
     */
    Probes(Connections connections, List<Object> activities) {
        this.connections = connections;
        this.activities = List.copyOf(activities);
    }

    List<Finding> all() {
        return Stream.concat(
                        new TreeMap<>(connections.byName())
                                .entrySet().stream()
                                        .map(each -> tried(
                                                each.getKey(), each.getValue().kind())),
                        new TreeMap<>(connections.secrets())
                                .entrySet().stream().map(each -> read(each.getKey(), each.getValue())))
                .toList();
    }

    private Finding read(String name, Secret secret) {
        String subject = connections.environment() + "/" + name + " (secret)";
        try {
            return secret.reveal().isBlank()
                    ? new Finding(subject, Health.LACKING, secret + " is empty; " + Secret.SecretMissing.WHERE)
                    : new Finding(subject, Health.WELL, "is set, by " + secret);
        } catch (Secret.SecretMissing e) {
            return new Finding(subject, Health.LACKING, e.inWords());
        }
    }

    private Finding tried(String name, String kind) {
        String subject = connections.environment() + "/" + name + " (" + kind + ")";
        Optional<Probing> probing = activities.stream()
                .filter(Probing.class::isInstance)
                .map(Probing.class::cast)
                .filter(each -> each.kind().equals(kind))
                .findFirst();
        if (probing.isPresent()) {
            return tried(subject, name, probing.get());
        }
        Probe probe = BY_KIND.get(kind);
        Optional<Call> call = probe == null ? Optional.empty() : call(probe.action());
        if (probe == null || call.isEmpty()) {
            return new Finding(subject, Health.NOT_TRIED, "configured; there is no harmless way to try it");
        }
        return tried(subject, name, probe, call.get());
    }

    private static Finding tried(String subject, String name, Probing probing) {
        try {
            return new Finding(subject, Health.WELL, probing.probe(name));
        } catch (RuntimeException e) {
            return new Finding(subject, Health.UNREACHABLE, words(e));
        }
    }

    private Finding tried(String subject, String name, Probe probe, Call call) {
        ObjectNode with = Json.mapper().valueToTree(probe.with());
        with.put("connection", name);
        JavaType type = Json.mapper().constructType(call.method().getGenericParameterTypes()[1]);
        StepRef step = new StepRef("doctor", connections.environment(), "doctor");
        try {
            Object input = Json.mapper().convertValue(with, type);
            Object result = call.method().invoke(call.target(), step, input);
            return new Finding(
                    subject, Health.WELL, result instanceof ActionResult action ? action.summary() : "answers");
        } catch (InvocationTargetException e) {
            return new Finding(subject, Health.UNREACHABLE, words(e.getCause() == null ? e : e.getCause()));
        } catch (IllegalAccessException | IllegalArgumentException e) {
            return new Finding(subject, Health.NOT_TRIED, "cannot be tried: " + e.getMessage());
        }
    }

    private static String words(Throwable problem) {
        return problem instanceof ApplicationFailure failure
                ? failure.getOriginalMessage()
                : String.valueOf(problem.getMessage());
    }

    private record Call(Object target, Method method) {}

    private Optional<Call> call(String action) {
        return activities.stream()
                .flatMap(target -> contracts(target.getClass())
                        .flatMap(contract -> Arrays.stream(contract.getMethods()))
                        .filter(method -> named(method, action))
                        .map(method -> new Call(target, method)))
                .findFirst();
    }

    private static Stream<Class<?>> contracts(Class<?> type) {
        return Arrays.stream(type.getInterfaces())
                .filter(contract -> contract.isAnnotationPresent(ActivityInterface.class));
    }

    private static boolean named(Method method, String action) {
        ActivityMethod annotation = method.getAnnotation(ActivityMethod.class);
        return annotation != null && annotation.name().equals(action);
    }
}
