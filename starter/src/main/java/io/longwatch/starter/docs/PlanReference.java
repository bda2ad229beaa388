package io.longwatch.starter.docs;

import com.fasterxml.jackson.databind.JsonNode;
import io.longwatch.contract.ActionCatalog;
import io.longwatch.plan.schema.PlanSchema;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a plan may say: prose, with a table from the schema wherever it asks for one, and the example it is shown by. */
final class PlanReference {
    /** {@code <!-- fields: POINTER, WHERE -->}: a piece of the schema, and where the example plan holds such pieces. */
    private static final Pattern FIELDS = Pattern.compile("<!-- fields: (\\S*), (\\S+) -->");

    private static final String EXAMPLE = "<!-- example -->";

    private final JsonNode schema;
    private final ExamplePlan example;

    PlanReference(ActionCatalog catalog) {
        this.schema = PlanSchema.of(catalog);
        this.example = ExamplePlan.shipped();
    }

    String markdown() {
        Matcher places = FIELDS.matcher(Resource.text("plan-reference.md"));
        StringBuilder text = new StringBuilder();
        while (places.find()) {
            places.appendReplacement(text, Matcher.quoteReplacement(table(places.group(1), places.group(2))));
        }
        places.appendTail(text);
        return text.toString()
                .replace(
                        EXAMPLE,
                        new Markdown().code("yaml", example.text()).toString().strip());
    }

    private String table(String pointer, String where) {
        FieldTable fields = new FieldTable(schema, example.at(where));
        return fields.of(schema.at(pointer)).strip();
    }
}
