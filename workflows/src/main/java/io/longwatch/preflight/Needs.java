package io.longwatch.preflight;

import io.longwatch.contract.ActionCatalog;
import io.longwatch.contract.ConnectionName;
import io.longwatch.contract.SecretName;
import io.longwatch.decision.Decision;
import io.longwatch.expression.ExpressionFailed;
import io.longwatch.expression.Expressions;
import io.longwatch.expression.Template;
import io.longwatch.expression.Values;
import io.longwatch.plan.ActionStep;
import io.longwatch.plan.Check;
import io.longwatch.plan.ChecklistItem;
import io.longwatch.plan.Gate;
import io.longwatch.plan.Parallel;
import io.longwatch.plan.ReleasePlan;
import io.longwatch.plan.Rollback;
import io.longwatch.plan.Soak;
import io.longwatch.plan.Step;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a plan needs of a worker, as far as that is known before the release begins: the connections and secrets that its
 * steps name, the people it asks, and the channel in which it asks them.
 *
 * @param environment whose worker must have them
 * @param all connections and secrets, each once for each user
 * @param seats the people it asks, in the plan's order
 * @param channel where it asks them, or null where the plan names none
 * @param claim who asks for the release, and of what; null where that is not to be judged
 */
public record Needs(
        String environment,
        List<Need> all,
        List<Seat> seats,
        @Nullable String channel,
        @Nullable Decision claim) {
    public Needs {
        all = List.copyOf(all);
        seats = seats == null ? List.of() : List.copyOf(seats);
    }

    /** Connections and secrets alone. */
    public Needs(String environment, List<Need> all) {
        this(environment, all, List.of(), null, null);
    }

    /** The same, for a release that someone asks for. */
    public Needs askedBy(Decision whoAndWhat) {
        return new Needs(environment, all, seats, channel, whoAndWhat);
    }

    /**
     * What a plan needs.
     *
     * @param plan loaded
     * @param parameters its parameters' values
     * @param catalog of its actions
     */
    public static Needs of(ReleasePlan plan, Map<String, Object> parameters, ActionCatalog catalog) {
        Reader reader = new Reader(catalog, Map.of("params", Values.ofParameters(plan.parameters(), parameters)));
        plan.phases().forEach(phase -> phase.steps().forEach(reader::step));
        Rollback rollback = plan.rollback();
        rollback.restore().stream()
                .map(Rollback.Restore::action)
                .filter(Objects::nonNull)
                .forEach(reader::action);
        Stream.concat(rollback.verify().stream(), rollback.dataLoss().stream()).forEach(reader::action);
        if (plan.soak() != null) {
            plan.soak().checks().forEach(reader::check);
            plan.soak().windows().forEach(reader::window);
        }
        plan.signOffs().forEach(signOff -> reader.seats.add(new Seat(signOff.id(), signOff.role(), 1)));
        return new Needs(plan.environment(), new ArrayList<>(reader.needs), reader.seats, plan.channel(), null);
    }

    private static final class Reader {
        private final ActionCatalog catalog;
        private final Map<String, Object> scope;
        private final Set<Need> needs = new LinkedHashSet<>();
        private final List<Seat> seats = new ArrayList<>();

        Reader(ActionCatalog catalog, Map<String, Object> scope) {
            this.catalog = catalog;
            this.scope = scope;
        }

        void step(Step step) {
            if (applies(step)) {
                if (step instanceof ActionStep action) {
                    action(action);
                    confirmed(action);
                    action.rollForward().forEach(this::step);
                } else if (step instanceof ChecklistItem item) {
                    seats.add(new Seat(item.id(), item.role(), 1));
                } else if (step instanceof Gate gate) {
                    gate(gate);
                } else if (step instanceof Parallel group) {
                    group.steps().forEach(this::step);
                }
            }
        }

        /** What only turns out on the way is taken to apply. */
        private boolean applies(Step step) {
            return step.when() == null
                    || known(step.when()).filter(Boolean.FALSE::equals).isEmpty();
        }

        void action(ActionStep step) {
            use(step.id(), step.uses(), step.with());
        }

        private void confirmed(ActionStep step) {
            if (step.confirm() != null) {
                seats.add(new Seat(step.id(), step.confirm(), 1));
            }
        }

        private void gate(Gate gate) {
            gate.approvals()
                    .forEach(each -> seats.add(new Seat(gate.id(), each.role(), each.count(), gate.fourEyes())));
            if (gate.escalateTo() != null) {
                seats.add(new Seat(gate.id(), gate.escalateTo(), 0));
            }
        }

        void window(Soak.Window window) {
            if (window.role() != null) {
                seats.add(new Seat(window.id(), window.role(), 1));
            }
        }

        void check(Check check) {
            use(check.id(), check.uses(), check.with());
        }

        private void use(String user, String action, Map<String, Object> with) {
            read(user, catalog.get(action).input(), with);
        }

        private void read(String user, Class<?> type, Map<?, ?> with) {
            for (RecordComponent component : type.getRecordComponents()) {
                Object value = with.get(component.getName());
                ConnectionName connection = component.getAnnotation(ConnectionName.class);
                if (connection != null) {
                    connection(user, connection, value);
                } else if (component.isAnnotationPresent(SecretName.class)) {
                    text(value).ifPresent(name -> needs.add(new Need(user, Need.SECRET, name)));
                } else if (value != null) {
                    nested(user, component.getGenericType(), value);
                }
            }
        }

        private void connection(String user, ConnectionName connection, @Nullable Object value) {
            if (value != null) {
                text(value).ifPresent(name -> needs.add(new Need(user, connection.value(), name)));
            } else if (!connection.optional()) {
                needs.add(new Need(user, connection.value(), null));
            }
        }

        private void nested(String user, Type type, Object value) {
            if (type instanceof Class<?> record && record.isRecord() && value instanceof Map<?, ?> map) {
                read(user, record, map);
            }
            if (type instanceof ParameterizedType list && value instanceof List<?> entries) {
                entries.forEach(entry -> nested(user, list.getActualTypeArguments()[0], entry));
            }
        }

        /** The text of a value; empty where it depends on what only the release will know. */
        private Optional<String> text(@Nullable Object value) {
            if (!Template.hasPlaceholders(value)) {
                return value instanceof String text ? Optional.of(text) : Optional.empty();
            }
            try {
                return Template.resolve(value, Expressions.shared(), scope) instanceof String text
                        ? Optional.of(text)
                        : Optional.empty();
            } catch (ExpressionFailed e) {
                return Optional.empty();
            }
        }

        private Optional<Object> known(String expression) {
            try {
                return Optional.of(Expressions.shared().evaluate(expression, scope));
            } catch (ExpressionFailed e) {
                return Optional.empty();
            }
        }
    }
}
