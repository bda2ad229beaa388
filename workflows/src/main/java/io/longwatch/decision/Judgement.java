package io.longwatch.decision;

import io.longwatch.contract.ActionResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a decision is really from, by the worker's configuration.
 *
 * @param authentic whether the proof holds and the channel counts here
 * @param person the person's one name in the configuration, however they came; null when unknown
 * @param id the person's one id in the configuration, by which two of their decisions are known as theirs; null when
 *     unknown, or judged by a build that did not say
 * @param roles roles they hold now
 * @param refusal why it does not count, or null
 * @param trust how the worker trusts: {@code people}, {@code namespace} when none are configured, or {@code elsewhere}
 *     when it knows nothing of the environment
 */
public record Judgement(
        boolean authentic,
        @Nullable String person,
        @Nullable String id,
        List<String> roles,
        @Nullable String refusal,
        String trust)
        implements ActionResult {
    /** Trust of a worker without people: whoever can write to the namespace may decide. */
    public static final String NAMESPACE = "namespace";

    private static final String ELSEWHERE = "elsewhere";

    public Judgement {
        roles = List.copyOf(roles);
    }

    /** That it is for a worker of that environment to judge. */
    public static Judgement elsewhere(String environment) {
        return new Judgement(false, null, null, List.of(), "a worker of " + environment + " must judge it", ELSEWHERE);
    }

    /** Whether it is for a worker of another environment to judge. */
    public boolean belongsElsewhere() {
        return ELSEWHERE.equals(trust);
    }

    /** Whether the person may speak for one of the roles; in {@link #NAMESPACE} trust everyone may. */
    public boolean mayAct(List<String> any) {
        return authentic
                && (NAMESPACE.equals(trust) || any.isEmpty() || any.stream().anyMatch(roles::contains));
    }

    @Override
    public String summary() {
        return refusal != null ? refusal : person + " (" + String.join(", ", roles) + ")";
    }
}
