package io.longwatch.plan.load;

import static io.longwatch.plan.load.SamplePlans.plans;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MangledPlansTest {
    private static final String[] PIECES = {
        "null",
        "[]",
        "{}",
        "-1",
        "5",
        "true",
        "${{",
        "}}",
        "${{ x }}",
        ": ",
        "- ",
        "'",
        "\"",
        "&a ",
        "*a ",
        "\t",
        "T",
        "|",
        "#",
        "9999999999999999999999",
        "steps.",
        "\n",
        ""
    };

    @Test
    void whateverIsDoneToAPlanTheLoaderAnswers() {
        // Given
        String good = GoodPlanTest.resource("good.yaml");
        Random random = new Random(20260101);

        // When / Then
        for (int round = 0; round < 300; round++) {
            String mangled = mangled(good, random);
            assertThatCode(() -> plans().withFile("body.txt", "x").load(mangled))
                    .as(() -> mangled)
                    .doesNotThrowAnyException();
        }
    }

    private static String mangled(String text, Random random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(lines.size());
            String line = lines.get(at);
            switch (random.nextInt(4)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
                case 2 ->
                    lines.set(
                            at, line.replaceFirst(": .*$", ": " + piece(random).replace("$", "\\$")));
                default -> {
                    int column = random.nextInt(line.length() + 1);
                    lines.set(at, line.substring(0, column) + piece(random) + line.substring(column));
                }
            }
        }
        return String.join("\n", lines);
    }

    private static String piece(Random random) {
        return PIECES[random.nextInt(PIECES.length)];
    }
}
