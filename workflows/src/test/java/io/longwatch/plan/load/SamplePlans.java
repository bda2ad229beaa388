package io.longwatch.plan.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.actions.Contracts;
import io.longwatch.actions.redis.RedisActivities;
import io.longwatch.contract.ActionCatalog;
import io.longwatch.plan.load.LoadedPlan.Loaded;
import io.longwatch.plan.load.LoadedPlan.Rejected;
import io.longwatch.plan.load.PlanLoader.Mode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plans and ways to load them, for tests. */
public final class SamplePlans {
    public static final ActionCatalog CATALOG =
            ActionCatalog.of(List.of(RedisActivities.class, SampleActivities.class));

    /** Loads with nothing to report. */
    static final String SMALL = """
            apiVersion: longwatch.io/v1
            kind: ReleasePlan
            service: bridge
            environment: production
            title: Bridge
            phases:
              - id: deploy
                title: Deploy
                at: T
                steps:
                  - id: cache
                    title: The cache answers
                    uses: redis.ping
            """;

    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private ActionCatalog catalog = CATALOG;
    private Mode mode = Mode.FOR_CHECK;

    private SamplePlans() {}

    static SamplePlans plans() {
        return new SamplePlans();
    }

    SamplePlans withFile(String path, String text) {
        files.put(path, text);
        return this;
    }

    SamplePlans withParameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    /** With the actions that there are in place of samples. */
    SamplePlans withRealActions() {
        catalog = Contracts.catalog();
        return this;
    }

    SamplePlans forStart() {
        mode = Mode.FOR_START;
        return this;
    }

    LoadedPlan load(String text) {
        PlanFiles beside = path -> {
            String found = files.get(path);
            if (found == null) {
                throw new PlanFiles.Unreadable("file '" + path + "' is not there");
            }
            return found;
        };
        return PlanLoader.load("plan.yaml", text, beside, catalog, parameters, mode);
    }

    Loaded loaded(String text) {
        LoadedPlan result = load(text);
        assertThat(result).as(() -> "" + result).isInstanceOf(Loaded.class);
        return (Loaded) result;
    }

    /** Loads a plan that has no errors. */
    public static Loaded sound(String text) {
        return plans().loaded(text);
    }

    List<String> problems(String text) {
        LoadedPlan result = load(text);
        List<Problem> problems =
                result instanceof Rejected rejected ? rejected.problems() : ((Loaded) result).warnings();
        return problems.stream().map(Problem::toString).toList();
    }
}
