package io.longwatch.activities.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import io.longwatch.actions.prometheus.TargetsInput;
import io.longwatch.actions.prometheus.TargetsResult;
import io.longwatch.contract.Failures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** prometheus.targets: counts a job's targets by health. */
final class Targets {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
    private static final int MOST_ERRORS = 5;
    private static final int LONGEST_ERROR = 200;
    private final TargetsInput input;
    private final PrometheusApi api;

    Targets(TargetsInput input, PrometheusApi api) {
        this.input = input;
        this.api = api;
    }

    TargetsResult run() {
        int up = 0;
        int down = 0;
        int unknown = 0;
        List<String> errors = new ArrayList<>();
        for (JsonNode target : api.targets()) {
            if (ofJob(target)) {
                switch (target.path("health").asText()) {
                    case "up" -> up++;
                    case "down" -> {
                        down++;
                        errors.add(error(target));
                    }
                    default -> unknown++;
                }
            }
        }
        List<String> some = errors.subList(0, Math.min(errors.size(), MOST_ERRORS));
        TargetsResult result = new TargetsResult(up, down, unknown, some, summary(up, down, unknown, some));
        if (input.minUp() != null && up < input.minUp()) {
            throw Failures.pending(
                    "job '" + input.job() + "': waiting for " + input.minUp() + " up: " + result.summary(), LOOK_AGAIN);
        }
        return result;
    }

    private boolean ofJob(JsonNode target) {
        JsonNode pool = target.path("scrapePool");
        return input.job()
                .equals(pool.isMissingNode() ? target.path("labels").path("job").asText() : pool.asText());
    }

    private static String error(JsonNode target) {
        String text = target.path("labels").path("instance").asText() + ": "
                + target.path("lastError").asText("no reason given");
        return text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR - 1) + "…";
    }

    private String summary(int up, int down, int unknown, List<String> errors) {
        int all = up + down + unknown;
        if (all == 0) {
            return "no targets in job '" + input.job() + "'";
        }
        return up + " of " + all + " targets up"
                + (unknown == 0 ? "" : ", " + unknown + " not scraped yet")
                + (errors.isEmpty() ? "" : "; " + errors.get(0));
    }
}
