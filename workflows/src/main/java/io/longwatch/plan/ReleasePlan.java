package io.longwatch.plan;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A release from code preparation to sign-off.
 *
 * @param service what is released
 * @param environment where; its connections are the ones used
 * @param title name for people
 * @param description a sentence or two for people, or null
 * @param source the checklist it came from, or null
 * @param parameters what a start may or must give
 * @param roles who decides
 * @param contacts whom to call
 * @param channel Slack channel of the release's thread, or null for none
 * @param latestStart how long after T the deploy phase, and in it the first effect that users feel, may still begin
 * @param ask what is asked when something went wrong, or null for the defaults
 * @param phases in the order they run; exactly one is the deploy phase
 * @param soak what is watched after the deploy phase, or null
 * @param rollback the way back
 * @param signOffs who signs at the end
 */
public record ReleasePlan(
        String service,
        String environment,
        String title,
        @Nullable String description,
        @Nullable Source source,
        List<Parameter> parameters,
        List<Role> roles,
        List<Contact> contacts,
        @Nullable String channel,
        Duration latestStart,
        @Nullable Ask ask,
        List<Phase> phases,
        @Nullable Soak soak,
        Rollback rollback,
        List<SignOff> signOffs) {
    public static final String API_VERSION = "longwatch.io/v1";
    public static final String KIND = "ReleasePlan";
    public static final Duration DEFAULT_LATEST_START = Duration.ofMinutes(30);

    public ReleasePlan {
        parameters = List.copyOf(parameters);
        roles = List.copyOf(roles);
        contacts = List.copyOf(contacts);
        phases = List.copyOf(phases);
        signOffs = List.copyOf(signOffs);
    }

    /** The same plan, announced in another channel. */
    public ReleasePlan withChannel(String name) {
        return with(name, phases, rollback);
    }

    /** The same plan with other steps forth and back. */
    public ReleasePlan withSteps(List<Phase> forth, Rollback back) {
        return with(channel, forth, back);
    }

    private ReleasePlan with(@Nullable String name, List<Phase> forth, Rollback back) {
        return new ReleasePlan(
                service,
                environment,
                title,
                description,
                source,
                parameters,
                roles,
                contacts,
                name,
                latestStart,
                ask,
                forth,
                soak,
                back,
                signOffs);
    }

    /** What is asked when something went wrong. */
    public Ask asking() {
        return ask == null ? Ask.DEFAULT : ask;
    }

    /** The phase that deploys: the one at T. */
    public Phase deployPhase() {
        return phases.stream()
                .filter(Phase::deploys)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("plan of " + service + " has no phase at T"));
    }

    /** Every step of every phase, groups opened, in the plan's order. */
    public Stream<Step> steps() {
        return phases.stream().flatMap(phase -> phase.steps().stream()).flatMap(Step::flatten);
    }

    /** Those of them that an action carries out. */
    public Stream<ActionStep> actionSteps() {
        return steps().filter(ActionStep.class::isInstance).map(ActionStep.class::cast);
    }

    /** The action step of that id in a phase. */
    public Optional<ActionStep> actionStep(String id) {
        return actionSteps().filter(step -> step.id().equals(id)).findFirst();
    }

    /** Whether steps of it run only in the stead of one that failed. */
    public boolean rollsForward() {
        return actionSteps().anyMatch(step -> !step.rollForward().isEmpty());
    }

    /** Ids of all roles, in the plan's order. */
    public List<String> roleIds() {
        return roles.stream().map(Role::id).toList();
    }

    /** Whom to call for any of the roles, a line each. */
    public List<String> contactsOf(List<String> any) {
        return contacts.stream()
                .filter(contact -> contact.role() != null && any.contains(contact.role()))
                .map(contact -> contact.name() + " (" + contact.role() + "): " + contact.reach())
                .toList();
    }

    public Optional<Role> role(String id) {
        return roles.stream().filter(role -> role.id().equals(id)).findFirst();
    }

    /**
     * Who decides something, in words: at a gate all whom it names, elsewhere anyone who holds one of the roles.
     *
     * @param subject id of the gate, step, window or sign-off
     * @param any ids of the roles that may answer
     */
    public String deciders(String subject, List<String> any) {
        return steps().filter(Gate.class::isInstance)
                .map(Gate.class::cast)
                .filter(gate -> gate.id().equals(subject))
                .findFirst()
                .map(gate -> gate.approvals().stream().map(this::words).collect(joining(" and ")))
                .orElseGet(() -> any.isEmpty()
                        ? "anyone"
                        : any.stream().map(this::titleOf).collect(joining(" or ")));
    }

    private String words(Gate.Approval approval) {
        return (approval.count() == 1 ? "" : approval.count() + " of ") + titleOf(approval.role());
    }

    private String titleOf(String role) {
        return role(role).map(Role::title).orElse(role);
    }
}
