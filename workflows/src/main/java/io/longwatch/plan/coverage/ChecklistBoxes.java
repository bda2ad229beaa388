package io.longwatch.plan.coverage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The boxes of a Markdown checklist: task-list items of any kind of list, outside fenced code. A box that stands deeper
 * than the one ahead of it is under that one.
 */
public final class ChecklistBoxes {
    private static final Pattern BOX =
            Pattern.compile("([ \\t]*)(?:[-*+]|\\d{1,9}[.)])[ \\t]+\\[([ xX])](?:[ \\t]+(.*))?");
    private static final Pattern HEADING = Pattern.compile(" {0,3}(#{1,6})[ \\t]+(.*?)(?:[ \\t]+#+)?[ \\t]*");
    private static final Pattern FENCE = Pattern.compile("[ \\t]*(?:[-*+>][ \\t]+)*(`{3,}|~{3,})(.*)");

    private final List<ChecklistBox> boxes = new ArrayList<>();
    private final SortedMap<Integer, String> headings = new TreeMap<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private @Nullable String fence;

    private ChecklistBoxes() {}

    /** Every box, in order. */
    public static List<ChecklistBox> parse(String markdown) {
        ChecklistBoxes reader = new ChecklistBoxes();
        int line = 0;
        for (String text : markdown.lines().toList()) {
            reader.read(++line, text);
        }
        return List.copyOf(reader.boxes);
    }

    /** Boxes that have others under them, with these: what a plan writes under {@code source.parents}. */
    public static SortedMap<Integer, List<Integer>> parents(List<ChecklistBox> boxes) {
        SortedMap<Integer, List<Integer>> parents = new TreeMap<>();
        for (ChecklistBox box : boxes) {
            if (box.parent() != null) {
                parents.computeIfAbsent(box.parent(), number -> new ArrayList<>())
                        .add(box.number());
            }
        }
        return parents;
    }

    private void read(int line, String text) {
        if (inFence(text)) {
            return;
        }
        Matcher heading = HEADING.matcher(text);
        Matcher box = BOX.matcher(text);
        if (heading.matches()) {
            int level = heading.group(1).length();
            headings.tailMap(level).clear();
            headings.put(level, heading.group(2));
            open.clear();
        } else if (box.matches()) {
            add(line, widthOf(box.group(1)), box.group(3) == null ? "" : box.group(3));
        }
    }

    /** Whether a line belongs to fenced code; a fence is closed by one of its kind that is at least as long. */
    private boolean inFence(String text) {
        Matcher matcher = FENCE.matcher(text);
        if (fence == null) {
            boolean opens = matcher.matches()
                    && !(matcher.group(1).startsWith("`") && matcher.group(2).contains("`"));
            fence = opens ? matcher.group(1) : null;
            return opens;
        }
        if (matcher.matches()
                && matcher.group(1).startsWith(fence)
                && matcher.group(2).isBlank()) {
            fence = null;
        }
        return true;
    }

    private void add(int line, int indentation, String text) {
        while (!open.isEmpty() && open.peek().indentation() >= indentation) {
            open.pop();
        }
        @Nullable Integer parent = open.isEmpty() ? null : open.peek().number();
        int number = boxes.size() + 1;
        boxes.add(new ChecklistBox(
                number,
                line,
                new ArrayList<>(headings.values()),
                text.replace("**", "").strip(),
                parent));
        open.push(new Open(number, indentation));
    }

    private static int widthOf(String whiteSpace) {
        int width = 0;
        for (int i = 0; i < whiteSpace.length(); i++) {
            width = whiteSpace.charAt(i) == '\t' ? (width / 4 + 1) * 4 : width + 1;
        }
        return width;
    }

    private record Open(int number, int indentation) {}
}
