package io.longwatch.plan.load;

/** Where the characters of a text came from. */
interface Locator {
    /** File the text stands in. */
    String file();

    /** Place of the character at that offset of the text, or of its end. */
    Position at(int offset);

    /** The text of a scalar of the plan. */
    static Locator of(String file, Located.Scalar scalar) {
        return new Locator() {
            @Override
            public String file() {
                return file;
            }

            @Override
            public Position at(int offset) {
                return ScalarPositions.at(scalar, offset);
            }
        };
    }

    /** The whole text of a file that the plan takes in. */
    static Locator ofFile(String file, String text) {
        return new Locator() {
            @Override
            public String file() {
                return file;
            }

            @Override
            public Position at(int offset) {
                String before = text.substring(0, Math.min(offset, text.length()));
                int lineStart = before.lastIndexOf('\n') + 1;
                int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
                return new Position(line, 1 + before.codePointCount(lineStart, before.length()));
            }
        };
    }
}
