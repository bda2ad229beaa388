package io.longwatch.text;

/** Cuts text: to a size that it has as JSON, since that is what a result's budget counts, or to what people read. */
public final class Bounded {
    private static final String CUT = "…";
    private static final int CUT_BYTES = 3;

    private Bounded() {}

    /** The text if it takes at most so many bytes within a JSON string, else its beginning and an ellipsis. */
    public static String text(String text, int maxBytes) {
        int bytes = 0;
        int fits = 0;
        for (int at = 0; at < text.length(); ) {
            int codePoint = text.codePointAt(at);
            bytes += jsonBytes(codePoint);
            if (bytes > maxBytes) {
                return text.substring(0, fits) + CUT;
            }
            at += Character.charCount(codePoint);
            fits = bytes <= maxBytes - CUT_BYTES ? at : fits;
        }
        return text;
    }

    /**
     * The text if it has at most so many characters, else as much of its beginning as leaves room for an ellipsis; never
     * half of a character.
     */
    public static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        if (longest < 1) {
            return "";
        }
        boolean halved = longest > 1 && Character.isHighSurrogate(text.charAt(longest - 2));
        return text.substring(0, halved ? longest - 2 : longest - 1) + CUT;
    }

    /** The same for a text of several lines, as one. */
    public static String line(String text, int longest) {
        return cut(text.strip().replace('\n', ' '), longest);
    }

    private static int jsonBytes(int codePoint) {
        if (codePoint == '"' || codePoint == '\\') {
            return 2;
        }
        if (codePoint < 0x20) {
            return 6;
        }
        if (codePoint < 0x80) {
            return 1;
        }
        return codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }
}
