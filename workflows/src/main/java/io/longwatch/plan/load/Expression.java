package io.longwatch.plan.load;

/**
 * An expression and where it stands.
 *
 * @param source CEL
 * @param where the text it stands in
 * @param offset where it begins in that text
 * @param what how messages call it: "step 'cache': expect"
 */
record Expression(String source, Locator where, int offset, String what) {
    Position at(int offsetInSource) {
        return where.at(offset + offsetInSource);
    }
}
