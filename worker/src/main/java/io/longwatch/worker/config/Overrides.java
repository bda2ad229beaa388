package io.longwatch.worker.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Variables of the environment that stand above the file. Each is laid over the file's tree at its place, under its own
 * name, so that a wrong value is reported as the variable's.
 */
public final class Overrides {
    private static final Map<String, String> PLACES = places();

    private Overrides() {}

    private static Map<String, String> places() {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("TEMPORAL_ADDRESS", "temporal.address");
        places.put("TEMPORAL_NAMESPACE", "temporal.namespace");
        places.put("TEMPORAL_PROFILE", "temporal.profile");
        places.put("TEMPORAL_CONFIG_FILE", "temporal.configFile");
        places.put("LONGWATCH_IDENTITY", "identity");
        places.put("LONGWATCH_LISTEN_ADDRESS", "listen.address");
        places.put("LONGWATCH_LISTEN_PORT", "listen.port");
        places.put("LONGWATCH_SERVE", "serve");
        places.put("LONGWATCH_SHUTDOWN_PATIENCE", "shutdown.patience");
        places.put("LONGWATCH_VERSIONING_DEPLOYMENT", "versioning.deployment");
        places.put("LONGWATCH_VERSIONING_BUILD", "versioning.build");
        places.put("LONGWATCH_VERSIONING_BEHAVIOUR", "versioning.behaviour");
        return Collections.unmodifiableMap(places);
    }

    /** Variables and the place in the file that each stands above. */
    public static Map<String, String> all() {
        return PLACES;
    }

    /** Lays what is set over a file's tree; an empty variable counts as unset. */
    static void lay(Node root, Map<String, String> environment) {
        PLACES.forEach((variable, place) -> {
            String value = environment.getOrDefault(variable, "");
            if (!value.isEmpty() && root instanceof MappingNode mapping) {
                put(mapping, Arrays.asList(place.split("\\.")), variable, value);
            }
        });
    }

    private static void put(MappingNode into, List<String> place, String variable, String value) {
        String field = place.get(0);
        if (place.size() == 1) {
            replace(into, field, variable, scalar(variable, value));
            return;
        }
        Node group = find(into, field);
        if (group == null || Tag.NULL.equals(group.getTag())) {
            group = group(variable);
            replace(into, field, variable, group);
        }
        // Anything else there is reported as the file's mistake.
        if (group instanceof MappingNode mapping) {
            put(mapping, place.subList(1, place.size()), variable, value);
        }
    }

    private static @Nullable Node find(MappingNode in, String field) {
        return in.getValue().stream()
                .filter(tuple -> isNamed(tuple, field))
                .map(NodeTuple::getValueNode)
                .findFirst()
                .orElse(null);
    }

    private static void replace(MappingNode in, String field, String variable, Node value) {
        List<NodeTuple> tuples = new ArrayList<>(in.getValue());
        tuples.removeIf(tuple -> isNamed(tuple, field));
        tuples.add(new NodeTuple(scalar(variable, field), value));
        in.setValue(tuples);
    }

    private static boolean isNamed(NodeTuple tuple, String field) {
        return tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(field);
    }

    private static ScalarNode scalar(String variable, String value) {
        Mark mark = mark(variable);
        return new ScalarNode(Tag.STR, value, mark, mark, ScalarStyle.PLAIN);
    }

    private static MappingNode group(String variable) {
        Mark mark = mark(variable);
        return new MappingNode(Tag.MAP, true, new ArrayList<>(), mark, mark, FlowStyle.FLOW);
    }

    private static Mark mark(String variable) {
        return new Mark(variable, 0, 0, 0, new int[0], 0);
    }

    /** Whether a place of a tree is a variable's. */
    static boolean isVariable(Mark mark) {
        return PLACES.containsKey(mark.getName());
    }
}
