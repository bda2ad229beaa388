package io.longwatch.starter.view;

/** Colours of a terminal. */
enum Paint {
    NONE(""),
    BOLD("1"),
    DIM("2"),
    GOOD("32"),
    PERSON("36"),
    DOUBT("33"),
    BAD("1;31"),
    ACTIVE("1;34"),
    ASKS("1;35");

    private final String code;

    Paint(String code) {
        this.code = code;
    }

    String on(String text) {
        return code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
