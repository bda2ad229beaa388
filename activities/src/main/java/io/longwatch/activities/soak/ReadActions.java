package io.longwatch.activities.soak;

import io.longwatch.contract.Action;
import io.longwatch.contract.ActionSystem;
import io.longwatch.contract.Effect;
import io.longwatch.contract.Failures;
import io.longwatch.contract.Json;
import io.longwatch.contract.StepRef;
import io.temporal.activity.ActivityMethod;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The reading actions of an environment by name, so that a check can use any of them. */
public final class ReadActions implements Readers {
    private final Map<String, Reader> byName = new TreeMap<>();

    /** Finds the reading methods of contracts that the given objects implement. */
    public static ReadActions of(List<?> implementations) {
        ReadActions actions = new ReadActions();
        for (Object implementation : implementations) {
            for (Class<?> contract : implementation.getClass().getInterfaces()) {
                if (contract.isAnnotationPresent(ActionSystem.class)) {
                    actions.add(contract, implementation);
                }
            }
        }
        return actions;
    }

    private void add(Class<?> contract, Object implementation) {
        for (Method method : contract.getMethods()) {
            Action action = method.getAnnotation(Action.class);
            if (action != null && action.effect() == Effect.NONE) {
                String name = method.getAnnotation(ActivityMethod.class).name();
                byName.put(name, new Reader(method, implementation, action.backfills()));
            }
        }
    }

    @Override
    public boolean backfills(String action) {
        Reader reader = byName.get(action);
        return reader != null && reader.backfills();
    }

    @Override
    public Object read(String action, StepRef step, Map<String, Object> with) {
        Reader reader = byName.get(action);
        if (reader == null) {
            throw Failures.invalid("this worker has no reading action '" + action + "'");
        }
        return reader.read(step, with);
    }

    private record Reader(Method method, Object implementation, boolean backfills) {
        Object read(StepRef step, Map<String, Object> with) {
            try {
                Object input = Json.mapper().convertValue(with, method.getParameterTypes()[1]);
                return method.invoke(implementation, step, input);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new IllegalStateException(e.getCause());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
