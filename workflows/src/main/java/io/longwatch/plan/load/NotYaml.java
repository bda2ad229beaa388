package io.longwatch.plan.load;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Why a text is no YAML, for people: where to look, and what is likely wrong there. */
public final class NotYaml {
    private static final String UNCLOSED = "unexpected end of stream";

    private NotYaml() {}

    /** Where to look: the place that could not be read, but where a quote was opened that nothing closes. */
    public static Position place(MarkedYAMLException e) {
        Mark opened = String.valueOf(e.getProblem()).contains(UNCLOSED) ? e.getContextMark() : null;
        Mark read = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
        Mark mark = opened == null ? read : opened;
        return mark == null ? Position.START : Position.of(mark);
    }

    /** That it is none, and what is likely wrong, in words that need no knowledge of the parser. */
    public static String inWords(MarkedYAMLException e) {
        return "this is not YAML: " + likely(e);
    }

    private static String likely(MarkedYAMLException e) {
        String problem = String.valueOf(e.getProblem());
        if (problem.contains("'\\t(TAB)'")) {
            return "a tab stands where spaces belong; indent with spaces";
        }
        if (problem.contains("mapping values are not allowed here")) {
            return "a colon stands where none may; quote the text before it, or mend the indentation";
        }
        if (problem.contains("expected ',' or ")) {
            return "a comma or the closing bracket is missing before this; quote text that holds ? : , or brackets";
        }
        if (problem.contains("expected <block end>")) {
            return "this fits nothing above it; align it with its neighbours, or close a quote that was opened above";
        }
        if (problem.contains("could not find expected ':'")) {
            return "a key without its colon";
        }
        if (problem.contains(UNCLOSED)) {
            return "a quote is opened and never closed";
        }
        return problem.replaceAll("\\s+", " ");
    }
}
