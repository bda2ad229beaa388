package io.longwatch.sandbox.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Who writes fields.
 *
 * @param name field manager, as the request names it or its user agent says
 * @param operation "Apply" or "Update"
 * @param apiVersion version in which the fields are named
 * @param subresource "scale", "status", or empty
 */
record Manager(String name, String operation, String apiVersion, String subresource) {
    static Manager of(JsonNode entry) {
        return new Manager(
                Tree.text(entry, "manager"),
                Tree.text(entry, "operation"),
                Tree.text(entry, "apiVersion"),
                Tree.text(entry, "subresource"));
    }

    boolean applies() {
        return operation.equals("Apply");
    }

    /** As messages on conflicts write it. */
    String readable() {
        String quoted = "\"" + name + "\"" + (subresource.isEmpty() ? "" : " with subresource \"" + subresource + "\"");
        return applies() ? quoted : quoted + " using " + apiVersion;
    }
}
