package io.longwatch.system.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the worker's account wrote to the API server, by its audit log. */
final class Writes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> all;

    private Writes(List<JsonNode> all) {
        this.all = all;
    }

    /** The writes to one object that were let through, trials left out. */
    static Writes to(Path log, String resource, String namespace, String name) {
        String where =
                "\"resource\":\"" + resource + "\",\"namespace\":\"" + namespace + "\",\"name\":\"" + name + "\"";
        try (Stream<String> lines = Files.lines(log)) {
            return new Writes(lines.filter(line -> line.contains("\"username\":\"" + Access.USER + "\""))
                    .filter(line -> line.contains(where))
                    .map(Writes::read)
                    .filter(write -> write.at("/responseStatus/code").asInt() / 100 == 2)
                    .filter(write -> !write.path("requestURI").asText().contains("dryRun"))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException("no line of an audit log: " + line, e);
        }
    }

    /** All of them, those included that changed nothing. */
    int count() {
        return all.size();
    }

    /** Generations of the specification that they left: one that changed nothing leaves the one before. */
    List<Long> generations() {
        return all.stream()
                .map(write -> write.at("/responseObject/metadata/generation").asLong())
                .distinct()
                .sorted()
                .toList();
    }

    /** How often the object was deleted. */
    long deletions() {
        return all.stream().filter(Writes::deletes).count();
    }

    private static boolean deletes(JsonNode write) {
        return write.path("verb").asText().equals("delete");
    }

    /** Versions of the object that they left, or the whole entry that names none. Exact where nobody else writes it. */
    List<String> versions() {
        return all.stream()
                .filter(write -> !deletes(write))
                .map(write ->
                        write.at("/responseObject/metadata/resourceVersion").asText(write.toString()))
                .distinct()
                .toList();
    }
}
