package io.longwatch.plan.load;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A node of a YAML document that knows where it stands. */
sealed interface Located {
    Position position();

    /** What it is, for messages: "the number 5", "a list". */
    String described();

    /**
     * A single value.
     *
     * @param position where it begins
     * @param value null, a Boolean, an Integer, Long, BigInteger or Double, or a String
     * @param text the value as text, before it was taken for a number
     * @param raw how it stands in the document, quotes and line breaks included
     */
    record Scalar(Position position, @Nullable Object value, String text, String raw) implements Located {
        boolean isNull() {
            return value == null;
        }

        @Override
        public String described() {
            if (value == null) {
                return "nothing";
            }
            if (value instanceof Boolean) {
                return "the boolean " + text;
            }
            return value instanceof Number ? "the number " + text : "'" + shortened(text) + "'";
        }

        private static String shortened(String text) {
            String line = text.strip().replaceAll("\\s+", " ");
            return line.length() <= 60 ? line : line.substring(0, 57) + "...";
        }
    }

    /** A list. */
    record Sequence(Position position, List<Located> items) implements Located {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String described() {
            return "a list";
        }
    }

    /** A map; its keys stand in the document's order, none twice. */
    record Mapping(Position position, List<Entry> entries) implements Located {
        public Mapping {
            entries = List.copyOf(entries);
        }

        Optional<Entry> entry(String key) {
            return entries.stream().filter(entry -> entry.name().equals(key)).findFirst();
        }

        Optional<Located> get(String key) {
            return entry(key).map(Entry::value);
        }

        @Override
        public String described() {
            return "a map";
        }
    }

    /** What could not be read and has been reported; whoever meets it keeps silent. */
    record Unreadable(Position position) implements Located {
        @Override
        public String described() {
            return "something unreadable";
        }
    }

    /** A key and its value. */
    record Entry(Scalar key, Located value) {
        String name() {
            return key.text();
        }
    }
}
