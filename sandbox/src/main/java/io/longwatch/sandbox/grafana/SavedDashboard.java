package io.longwatch.sandbox.grafana;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A dashboard with all its versions, the newest last. */
final class SavedDashboard {
    private final String uid;
    private String folderUid = "";
    private final List<Version> versions = new ArrayList<>();

    SavedDashboard(String uid) {
        this.uid = uid;
    }

    /** As every saving does: to the general folder, where it names none. */
    void moveTo(String folder) {
        folderUid = folder;
    }

    void add(ObjectNode content, String message, long restoredFrom, Instant at) {
        long number = versions.size() + 1L;
        ObjectNode saved = content.deepCopy();
        saved.put("version", number).put("uid", uid);
        versions.add(new Version(number, saved, message, restoredFrom, at));
    }

    Optional<Version> version(long number) {
        return versions.stream().filter(version -> version.number == number).findFirst();
    }

    long newest() {
        return versions.size();
    }

    String title() {
        return versions.get(versions.size() - 1).content.path("title").asText();
    }

    String path() {
        return "/d/" + uid + "/"
                + title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    ObjectNode shown() {
        Version newest = versions.get(versions.size() - 1);
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.set("dashboard", newest.content.deepCopy());
        shown.putObject("meta")
                .put("url", path())
                .put("version", newest.number)
                .put("folderUid", folderUid)
                .put("provisioned", false)
                .put("updated", newest.at.toString())
                .put("updatedBy", "sa-longwatch");
        return shown;
    }

    /** Newest first. */
    ArrayNode listed() {
        ArrayNode listed = JsonNodeFactory.instance.arrayNode();
        for (int i = versions.size() - 1; i >= 0; i--) {
            Version version = versions.get(i);
            listed.addObject()
                    .put("version", version.number)
                    .put("parentVersion", version.number - 1)
                    .put("restoredFrom", version.restoredFrom)
                    .put("message", version.message)
                    .put("created", version.at.toString())
                    .put("createdBy", "sa-longwatch");
        }
        return listed;
    }

    /** One version. */
    record Version(long number, ObjectNode content, String message, long restoredFrom, Instant at) {}
}
