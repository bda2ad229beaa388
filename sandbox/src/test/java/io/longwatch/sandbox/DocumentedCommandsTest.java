package io.longwatch.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.longwatch.starter.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands that the README and the pages in docs tell people to type: each is one, with options that it has. */
class DocumentedCommandsTest {
    private static final Path HOME = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```");
    private static final Pattern COMMAND = Pattern.compile("(?m)^(?:\\./)?longwatch +(.*?)(?: +#.*)?$");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @ParameterizedTest
    @MethodSource("commands")
    void aDocumentedCommandIsUnderstood(List<String> words) {
        // Given
        String[] args = words.toArray(String[]::new);

        // When / Then
        assertThatCode(() -> SandboxMain.commandLine(World.here(), args).parseArgs(args))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theFilesOfADocumentedCommandAreHere(List<String> words) {
        // When
        Stream<String> plans = words.stream().filter(word -> word.startsWith("plans/"));

        // Then
        assertThat(plans).allSatisfy(plan -> assertThat(HOME.resolve(plan)).exists());
    }

    static List<List<String>> commands() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(HOME.resolve("README.md")));
        try (Stream<Path> docs = Files.list(HOME.resolve("docs"))) {
            docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        List<List<String>> commands = new ArrayList<>();
        for (Path page : pages) {
            Matcher block = BLOCK.matcher(Files.readString(page));
            while (block.find()) {
                COMMAND.matcher(block.group(1)).results().forEach(line -> commands.add(words(line.group(1))));
            }
        }
        return commands;
    }

    private static List<String> words(String line) {
        return WORD.matcher(line)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toList();
    }
}
