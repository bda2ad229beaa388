package io.longwatch.plan.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads one YAML document into located nodes, from the parser's events rather than its objects: nothing is expanded,
 * constructed or resolved, so that a few lines of YAML stay a few nodes.
 */
final class YamlTree {
    static final int MOST_BYTES = 1 << 20;
    static final int MOST_LEVELS = 30;

    private final Parser parser;
    private final int[] characters;
    private final String noun;
    private final Problems problems;

    private YamlTree(String text, String noun, Problems problems) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MOST_BYTES + 1);
        this.parser = new ParserImpl(new StreamReader(text), options);
        this.characters = text.codePoints().toArray();
        this.noun = noun;
        this.problems = problems;
    }

    /** The document's root, or empty if it cannot be read at all. */
    static Optional<Located> read(String text, Problems problems) {
        return read(text, "plan", "begin with apiVersion: longwatch.io/v1", problems);
    }

    /**
     * The document's root, or empty if it cannot be read at all.
     *
     * @param noun what the document is, as messages call it
     * @param beginning what to write where there is nothing
     */
    static Optional<Located> read(String text, String noun, String beginning, Problems problems) {
        String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
        long bytes = body.length() > MOST_BYTES ? body.length() : body.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            problems.error(Position.START, tooLarge(bytes));
            return Optional.empty();
        }
        try {
            return new YamlTree(body, noun, problems).document(beginning);
        } catch (ReaderException e) {
            problems.error(
                    positionOf(body, e.getPosition()),
                    String.format(
                            Locale.ROOT, "a character that text does not hold (U+%04X); remove it", e.getCodePoint()));
        } catch (MarkedYAMLException e) {
            problems.error(NotYaml.place(e), NotYaml.inWords(e));
        } catch (TooDeep e) {
            problems.error(e.position, "nested deeper than " + MOST_LEVELS + " levels; a " + noun + " needs far fewer");
        } catch (YAMLException e) {
            problems.error(Position.START, "this is not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    /** Why a plan of that size is refused. */
    static String tooLarge(long bytes) {
        return "a plan is at most 1 MiB, found " + String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0)
                + "; keep manifests and queries in files of their own";
    }

    private Optional<Located> document(String beginning) {
        parser.getEvent();
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            problems.error(Position.START, "the " + noun + " is empty; " + beginning);
            return Optional.empty();
        }
        parser.getEvent();
        Located root = node(1);
        parser.getEvent();
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            problems.error(
                    Position.of(parser.peekEvent().getStartMark()),
                    "a second document begins here; a " + noun + " is one document");
        }
        return Optional.of(root);
    }

    private Located node(int level) {
        Event event = parser.getEvent();
        Position position = Position.of(event.getStartMark());
        if (level > MOST_LEVELS) {
            throw new TooDeep(position);
        }
        if (event instanceof AliasEvent alias) {
            problems.error(
                    position, "alias *" + alias.getAnchor() + " is not read in a " + noun + "; write the value out");
            return new Located.Unreadable(position);
        }
        refuseAnchor((NodeEvent) event, position);
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar, position);
        }
        refuseTag(((CollectionStartEvent) event).getTag(), position);
        return event.is(Event.ID.SequenceStart) ? sequence(position, level) : mapping(position, level);
    }

    private void refuseAnchor(NodeEvent event, Position position) {
        if (event.getAnchor() != null) {
            problems.error(position, "anchor &" + event.getAnchor() + " is not read in a " + noun + "; remove it");
        }
    }

    private void refuseTag(@Nullable String tag, Position position) {
        if (tag != null) {
            problems.error(
                    position, "tag " + tag + " is not read in a " + noun + "; remove it, and quote what is text");
        }
    }

    private Located.Scalar scalar(ScalarEvent event, Position position) {
        refuseTag(event.getTag(), position);
        Object value = event.isPlain() ? PlainScalar.valueOf(event.getValue()) : event.getValue();
        int from = event.getStartMark().getIndex();
        int to = event.getEndMark().getIndex();
        return new Located.Scalar(position, value, event.getValue(), new String(characters, from, to - from));
    }

    private Located sequence(Position position, int level) {
        List<Located> items = new ArrayList<>();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            items.add(node(level + 1));
        }
        parser.getEvent();
        return new Located.Sequence(position, items);
    }

    private Located mapping(Position position, int level) {
        Map<String, Located.Entry> entries = new LinkedHashMap<>();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Located key = node(level + 1);
            Located value = node(level + 1);
            if (key instanceof Located.Scalar name) {
                if (isKey(name)) {
                    addOrRefuse(entries, new Located.Entry(name, value));
                }
            } else if (!(key instanceof Located.Unreadable)) {
                problems.error(
                        key.position(),
                        "a key is a word, found " + key.described()
                                + "; an expression is written \"${{ }}\", in quotes");
            }
        }
        parser.getEvent();
        return new Located.Mapping(position, List.copyOf(entries.values()));
    }

    private boolean isKey(Located.Scalar key) {
        if ("<<".equals(key.raw())) {
            problems.error(key.position(), "merge key << is not read in a " + noun + "; write the fields out");
            return false;
        }
        return true;
    }

    private void addOrRefuse(Map<String, Located.Entry> entries, Located.Entry entry) {
        Located.Entry first = entries.putIfAbsent(entry.name(), entry);
        if (first != null) {
            problems.error(
                    entry.key().position(),
                    "'" + entry.name() + "' stands twice in one map, first on line "
                            + first.key().position().line() + "; keep one");
        }
    }

    private static Position positionOf(String text, int offset) {
        String before = text.substring(0, Math.min(offset, text.length()));
        int lineStart = before.lastIndexOf('\n') + 1;
        return new Position(
                1 + (int) before.chars().filter(c -> c == '\n').count(),
                1 + before.codePointCount(lineStart, before.length()));
    }

    private static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Position position;

        TooDeep(Position position) {
            this.position = position;
        }
    }
}
