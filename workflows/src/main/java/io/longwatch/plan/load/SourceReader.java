package io.longwatch.plan.load;

import io.longwatch.plan.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads which checklist a plan came from. */
final class SourceReader {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    private final Fields fields;

    SourceReader(Fields fields) {
        this.fields = fields;
    }

    Source read() {
        Optional<Located.Scalar> checklist = fields.plainText("checklist");
        checklist
                .filter(name -> name.text().isBlank())
                .ifPresent(name -> fields.error(name.position(), ": checklist is empty; write the file's name"));
        String sha256 = digest();
        int boxes = boxes();
        Source source = new Source(
                checklist.map(Located.Scalar::text).orElse(""), sha256, boxes, parents(boxes), afterDeployment(boxes));
        fields.done();
        return source;
    }

    private String digest() {
        Optional<Located> value = fields.required("sha256");
        if (value.isEmpty() || value.get() instanceof Located.Unreadable) {
            return "";
        }
        if (value.get() instanceof Located.Scalar scalar
                && SHA256.matcher(scalar.text()).matches()) {
            return scalar.text().toLowerCase(Locale.ROOT);
        }
        fields.error(
                value.get().position(),
                ": sha256 is " + value.get().described() + "; write the 64 hex digits that sha256sum prints");
        return "";
    }

    private int boxes() {
        Optional<Located> written = fields.required("boxes");
        int boxes = written.isEmpty() ? 0 : fields.number("boxes", 0, 1);
        if (boxes > Source.MOST_BOXES) {
            fields.error(
                    written.get().position(), ": boxes is " + boxes + "; a checklist has at most " + Source.MOST_BOXES);
            boxes = 0;
        }
        if (boxes == 0) {
            fields.reading().boxes().incomplete();
        }
        return boxes;
    }

    private SortedMap<Integer, List<Integer>> parents(int boxes) {
        SortedMap<Integer, List<Integer>> parents = new TreeMap<>();
        SortedMap<Integer, Integer> parentOf = new TreeMap<>();
        for (Located.Entry entry : fields.entries("parents")) {
            if (!(entry.key().value() instanceof Integer parent) || parent < 1 || parent > Math.max(boxes, 1)) {
                reportParent(entry.key(), boxes);
                continue;
            }
            List<Integer> children = new ArrayList<>();
            for (Located item :
                    entry.value() instanceof Located.Sequence list ? list.items() : List.of(entry.value())) {
                for (int child : numbers("parents", item, boxes)) {
                    checkChild(item.position(), parent, child, parentOf.put(child, parent));
                    children.add(child);
                }
            }
            parents.put(parent, children.stream().distinct().sorted().toList());
        }
        return parents;
    }

    private void reportParent(Located.Scalar key, int boxes) {
        if (boxes > 0) {
            fields.error(key.position(), ": parents: " + key.described() + " is no box; boxes are 1 to " + boxes);
        }
    }

    private void checkChild(Position position, int parent, int child, @Nullable Integer other) {
        if (child <= parent) {
            fields.error(
                    position,
                    ": box " + child + " cannot be under box " + parent + "; a parent stands ahead of its boxes");
        } else if (other != null) {
            fields.error(position, ": box " + child + " is under box " + other + " already; keep one");
        }
    }

    private SortedSet<Integer> afterDeployment(int boxes) {
        SortedSet<Integer> after = new TreeSet<>();
        fields.items("afterDeployment").forEach(item -> after.addAll(numbers("afterDeployment", item, boxes)));
        return after;
    }

    private List<Integer> numbers(String field, Located item, int boxes) {
        Optional<List<Integer>> numbers = Numbers.of(item);
        if (numbers.isEmpty() && !(item instanceof Located.Unreadable)) {
            fields.error(
                    item.position(),
                    ": " + field + " holds " + item.described() + "; write box numbers, such as [5, 21-38]");
        }
        List<Integer> found = numbers.orElse(List.of());
        Optional<Integer> outside =
                found.stream().filter(box -> box < 1 || box > boxes).findFirst();
        if (outside.isPresent() && boxes > 0) {
            fields.error(item.position(), ": " + field + " names box " + outside.get() + "; boxes are 1 to " + boxes);
        }
        return found.stream().filter(box -> box >= 1 && box <= boxes).toList();
    }
}
