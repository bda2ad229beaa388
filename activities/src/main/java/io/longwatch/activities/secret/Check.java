package io.longwatch.activities.secret;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Secret;
import io.longwatch.actions.secret.CheckInput;
import io.longwatch.actions.secret.CheckResult;
import io.longwatch.activities.kubernetes.Cluster;
import io.longwatch.contract.Failures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads one Secret, judges its keys, and lets nothing of their values out. */
final class Check {
    private final Cluster cluster;
    private final Clock clock;

    Check(Cluster cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    CheckResult run(CheckInput input) {
        String namespace = cluster.namespace(input.namespace());
        Secret secret = cluster.client()
                .secrets()
                .inNamespace(namespace)
                .withName(input.secret())
                .get();
        if (secret == null) {
            throw Failures.notFound("Secret '" + input.secret() + "' does not exist in namespace '" + namespace + "'");
        }
        return judge(input, secret);
    }

    private CheckResult judge(CheckInput input, Secret secret) {
        Map<String, String> data = Objects.requireNonNullElse(secret.getData(), Map.of());
        Judge judge = new Judge(input, data);
        Map<String, Boolean> present = new LinkedHashMap<>();
        Map<String, Integer> lengths = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String key : input.keys()) {
            int length = judge.length(key);
            present.put(key, length > 0);
            lengths.put(key, length);
            if (length == 0) {
                missing.add(key);
            } else {
                problems.addAll(judge.problems(key));
            }
        }
        tooOld(input, secret).ifPresent(problems::add);
        int wrong = missing.size() + problems.size();
        return new CheckResult(wrong == 0, present, lengths, missing, problems, summary(input, missing, problems));
    }

    private static String summary(CheckInput input, List<String> missing, List<String> problems) {
        if (missing.isEmpty() && problems.isEmpty()) {
            return input.keys().size() + " of " + input.keys().size() + " keys of " + input.secret() + " in order";
        }
        return missing.size() + " of " + input.keys().size() + " keys of " + input.secret() + " missing"
                + (missing.isEmpty() ? "" : " (" + String.join(", ", missing) + ")") + ", " + problems.size()
                + (problems.size() == 1 ? " problem" : " problems");
    }

    private Optional<String> tooOld(CheckInput input, Secret secret) {
        if (input.maxAge() == null) {
            return Optional.empty();
        }
        Duration age = Duration.between(lastChange(secret), clock.instant());
        return age.compareTo(input.maxAge()) > 0
                ? Optional.of("the Secret was last changed " + age.toDays() + " days ago, more than "
                        + input.maxAge().toDays() + " days")
                : Optional.empty();
    }

    private static Instant lastChange(Secret secret) {
        return Stream.concat(
                        Stream.ofNullable(secret.getMetadata().getCreationTimestamp()),
                        secret.getMetadata().getManagedFields().stream()
                                .map(ManagedFieldsEntry::getTime)
                                .filter(Objects::nonNull))
                .map(Instant::parse)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }
}
