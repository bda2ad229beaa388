package io.longwatch.worker.config;

import io.longwatch.activities.connection.Connection;
import io.longwatch.activities.connection.Secret;
import io.longwatch.activities.connection.Secret.SecretMissing;
import io.longwatch.plan.load.Nearest;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Binds a YAML tree to records and collects every problem with its place. A value that does not bind is null, and the
 * record it belongs to is not made.
 */
final class Binder {
    private static final int MOST_NODES = 20_000;
    private static final String KIND = "kind";

    private final String file;
    private final boolean revealing;
    private final List<Problem> problems = new ArrayList<>();
    private int nodes;

    /**
     * A binder.
     *
     * @param file name for the problems
     * @param revealing whether a secret without a value is a problem
     */
    Binder(String file, boolean revealing) {
        this.file = file;
        this.revealing = revealing;
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    @Nullable
    Object bind(Node node, Type type, String path) {
        if (++nodes > MOST_NODES) {
            if (nodes == MOST_NODES + 1) {
                report(node, path, "the file holds more than " + MOST_NODES + " values");
            }
            return null;
        }
        if (type instanceof ParameterizedType generic) {
            return bindGeneric(node, generic, path);
        }
        Class<?> raw = (Class<?>) type;
        if (raw == Connection.class) {
            return bindConnection(node, path);
        }
        if (raw == Secret.class) {
            return bindSecret(node, path);
        }
        if (raw.isRecord()) {
            return bindRecord(node, raw, path, null);
        }
        return raw == Object.class && !(node instanceof ScalarNode) ? plain(node, path) : bindScalar(node, raw, path);
    }

    private @Nullable Object bindGeneric(Node node, ParameterizedType type, String path) {
        Type[] arguments = type.getActualTypeArguments();
        return type.getRawType() == Map.class ? bindMap(node, arguments[1], path) : bindList(node, arguments[0], path);
    }

    private @Nullable Object plain(Node node, String path) {
        return node instanceof MappingNode ? bindMap(node, Object.class, path) : bindList(node, Object.class, path);
    }

    private @Nullable List<Object> bindList(Node node, Type element, String path) {
        if (!(node instanceof SequenceNode sequence)) {
            report(node, path, "is " + kindOf(node) + "; write a list, as [a, b]");
            return null;
        }
        List<Object> values = new ArrayList<>();
        boolean whole = true;
        for (Node each : sequence.getValue()) {
            Object value = bind(each, element, path + "[" + values.size() + "]");
            whole &= value != null;
            values.add(value == null ? "" : value);
        }
        return whole ? values : null;
    }

    private @Nullable Map<String, Object> bindMap(Node node, Type value, String path) {
        Map<String, Node> entries = entries(node, path);
        if (entries == null) {
            return null;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        boolean whole = true;
        for (Map.Entry<String, Node> each : entries.entrySet()) {
            Object bound = bind(each.getValue(), value, child(path, each.getKey()));
            whole &= bound != null;
            if (bound != null) {
                values.put(each.getKey(), bound);
            }
        }
        return whole ? values : null;
    }

    private @Nullable Object bindConnection(Node node, String path) {
        Map<String, Node> entries = entries(node, path);
        if (entries == null) {
            return null;
        }
        var kinds = ConnectionKinds.all();
        Node kind = entries.get(KIND);
        if (!(kind instanceof ScalarNode word)) {
            report(node, path, "'kind' is missing; write one of " + String.join(", ", kinds.keySet()));
            return null;
        }
        Class<? extends Connection> type = kinds.get(word.getValue());
        if (type == null) {
            report(
                    kind,
                    child(path, KIND),
                    "'" + word.getValue() + "' is not one of " + String.join(", ", kinds.keySet())
                            + Nearest.hint(word.getValue(), kinds.keySet()));
            return null;
        }
        return bindRecord(node, type, path, KIND);
    }

    /** A secret's value that stands in the file by mistake is not repeated in the message. */
    private @Nullable Object bindSecret(Node node, String path) {
        if (!(node instanceof MappingNode)) {
            report(node, path, "is no source of a secret; write {env: NAME} or {file: PATH}, its value stands there");
            return null;
        }
        SecretSource source = (SecretSource) bindRecord(node, SecretSource.class, path, null);
        return source == null ? null : revealed(node, source.secret(), path);
    }

    private Secret revealed(Node node, Secret secret, String path) {
        try {
            if (revealing) {
                secret.reveal();
            }
        } catch (SecretMissing e) {
            report(node, path, e.inWords());
        }
        return secret;
    }

    private @Nullable Object bindRecord(Node node, Class<?> type, String path, @Nullable String besides) {
        Map<String, Node> entries = entries(node, path);
        if (entries == null) {
            return null;
        }
        Fields fields = new Fields(type);
        boolean whole = reportUnknown(entries, fields, path, besides);
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, Fields.Field> each : fields.byName().entrySet()) {
            String name = each.getKey();
            Node given = entries.get(name);
            if (given == null || Tag.NULL.equals(given.getTag())) {
                whole &= reportMissing(node, path, name, each.getValue());
                continue;
            }
            Object value = bind(given, each.getValue().type(), child(path, name));
            whole &= value != null;
            if (value != null) {
                values.put(name, value);
            }
        }
        return whole ? create(node, fields, values, entries, path) : null;
    }

    private boolean reportUnknown(Map<String, Node> entries, Fields fields, String path, @Nullable String besides) {
        boolean known = true;
        for (Map.Entry<String, Node> each : entries.entrySet()) {
            String name = each.getKey();
            if (!fields.byName().containsKey(name) && !name.equals(besides)) {
                var names = fields.byName().keySet();
                String hint = Nearest.hint(name, names);
                report(
                        each.getValue(),
                        child(path, name),
                        "there is no such field" + (hint.isEmpty() ? "; known are " + String.join(", ", names) : hint));
                known = false;
            }
        }
        return known;
    }

    private boolean reportMissing(Node node, String path, String name, Fields.Field field) {
        if (!field.optional()) {
            report(node, path, "'" + name + "' is missing");
        }
        return field.optional();
    }

    private @Nullable Object create(
            Node node, Fields fields, Map<String, Object> values, Map<String, Node> entries, String path) {
        try {
            Object made = fields.create(values);
            if (revealing && made instanceof ReadsSecrets reads) {
                requireSecrets(reads);
            }
            return made;
        } catch (IllegalArgumentException e) {
            // A record that has several problems tells each in a line.
            String.valueOf(e.getMessage()).lines().forEach(line -> report(blamed(line, entries, node), path, line));
            return null;
        }
    }

    private static void requireSecrets(ReadsSecrets reads) {
        try {
            reads.requireSecrets();
        } catch (SecretMissing e) {
            // Reported where the secret itself was bound.
            return;
        }
    }

    /** A record's message begins with the field it speaks of, where it speaks of one. */
    private static Node blamed(String message, Map<String, Node> entries, Node otherwise) {
        String first = message.split("[^A-Za-z]", 2)[0];
        Node plural = entries.getOrDefault(first + "s", otherwise);
        return entries.getOrDefault(first, plural);
    }

    private @Nullable Object bindScalar(Node node, Class<?> type, String path) {
        Function<String, Object> reader = Scalars.reader(type);
        if (reader == null) {
            throw new IllegalStateException("a configuration cannot hold a " + type);
        }
        if (!(node instanceof ScalarNode scalar)) {
            report(node, path, "is " + kindOf(node) + "; write a single value");
            return null;
        }
        try {
            return reader.apply(scalar.getValue());
        } catch (IllegalArgumentException e) {
            report(node, path, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private @Nullable Map<String, Node> entries(Node node, String path) {
        if (!(node instanceof MappingNode mapping)) {
            report(node, path, "is " + kindOf(node) + "; write fields, as {name: value}");
            return null;
        }
        Map<String, Node> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                report(tuple.getKeyNode(), path, "a key is a word, found " + kindOf(tuple.getKeyNode()));
            } else if (entries.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
                report(key, child(path, key.getValue()), "stands here twice");
            }
        }
        return entries;
    }

    private static String kindOf(Node node) {
        if (node instanceof ScalarNode scalar) {
            return Tag.NULL.equals(scalar.getTag()) ? "empty" : "a single value";
        }
        return node instanceof SequenceNode ? "a list" : "a group of fields";
    }

    private void report(Node node, String path, String message) {
        Mark mark = node.getStartMark();
        String at = path.isEmpty() ? "" : path + ": ";
        problems.add(
                Overrides.isVariable(mark)
                        ? new Problem(mark.getName(), 0, 0, at + message)
                        : new Problem(file, mark.getLine() + 1, mark.getColumn() + 1, at + message));
    }

    private static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
