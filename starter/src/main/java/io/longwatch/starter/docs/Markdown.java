package io.longwatch.starter.docs;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text of a Markdown file, made piece by piece. */
final class Markdown {
    private static final Pattern CODE_OR_WORDS = Pattern.compile("(`+)[^`].*?\\1|[^`]+|`+");

    private final StringBuilder text = new StringBuilder();

    Markdown heading(int level, String title) {
        return block("#".repeat(level) + " " + title);
    }

    Markdown paragraph(String words) {
        return words.isBlank() ? this : block(text(words.strip()));
    }

    Markdown code(String language, String code) {
        return block("```" + language + "\n" + code.strip() + "\n```");
    }

    Markdown table(List<String> heads, List<List<String>> rows) {
        StringBuilder table = new StringBuilder(row(heads));
        table.append('\n').append(row(heads.stream().map(head -> "---").toList()));
        rows.forEach(each -> table.append('\n').append(row(each)));
        return block(table.toString());
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells.stream().map(Markdown::cell).toList()) + " |";
    }

    private static String cell(String words) {
        return text(words.replace("\n", " ").replace("|", "\\|"));
    }

    /** What stands in angle brackets would be taken for a tag and not be shown; code shows them as they are. */
    private static String text(String words) {
        return CODE_OR_WORDS
                .matcher(words)
                .replaceAll(part -> Matcher.quoteReplacement(
                        part.group().startsWith("`")
                                ? part.group()
                                : part.group().replace("<", "\\<")));
    }

    /** Words as code, on one line; nothing stays nothing. */
    static String literal(String words) {
        String line = words.strip().replaceAll("\\s*\\n\\s*", " … ");
        return line.isEmpty() ? "" : line.contains("`") ? "`` " + line + " ``" : "`" + line + "`";
    }

    /** As GitHub names the place of a heading. */
    static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
    }

    private Markdown block(String lines) {
        text.append(text.isEmpty() ? "" : "\n").append(lines).append('\n');
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
