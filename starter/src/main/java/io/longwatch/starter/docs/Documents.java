package io.longwatch.starter.docs;

import io.longwatch.actions.Contracts;
import java.util.SortedMap;
import java.util.TreeMap;

/** The pages that are generated, by file name. */
public final class Documents {
    private static final String NOTE =
            "<!-- Generated from the contracts by: ./longwatch docs --write. Do not edit here. -->\n\n";

    private Documents() {}

    /** Every page as it should be now. */
    public static SortedMap<String, String> generated() {
        SortedMap<String, String> pages = new TreeMap<>();
        pages.put("actions.md", NOTE + new ActionCatalogue(Contracts.catalog()).markdown());
        pages.put("plan.md", NOTE + new PlanReference(Contracts.catalog()).markdown());
        return pages;
    }
}
