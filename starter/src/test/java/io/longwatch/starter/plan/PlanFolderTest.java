package io.longwatch.starter.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.actions.Contracts;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.LoadedPlan.Loaded;
import io.longwatch.plan.load.LoadedPlan.Rejected;
import io.longwatch.plan.load.PlanFiles.Unreadable;
import io.longwatch.plan.load.PlanLoader.Mode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanFolderTest {
    private static final String PLAN = """
            apiVersion: longwatch.io/v1
            kind: ReleasePlan
            service: bridge
            environment: production
            title: Bridge
            phases:
              - {id: deploy, title: Deploy, at: T, steps: [{id: cache, title: Cache, uses: redis.ping}]}
            """;

    @TempDir
    private Path root;

    private Path plan;
    private PlanFolder folder;

    @BeforeEach
    void writePlan() throws IOException {
        Path home = Files.createDirectories(root.resolve("bridge/sql"));
        Files.writeString(home.resolve("count.sql"), "select 1");
        Files.writeString(root.resolve("outside.txt"), "out");
        plan = Files.writeString(root.resolve("bridge/plan.yaml"), PLAN);
        folder = PlanFolder.of(plan);
    }

    private LoadedPlan load(Path path) {
        return PlanFolder.of(path).load(Contracts.catalog(), Map.of(), Mode.FOR_CHECK);
    }

    private static String problem(LoadedPlan result) {
        return ((Rejected) result).problems().get(0).toString();
    }

    @Test
    void aPlanIsLoadedByItsFileOrItsFolder() {
        assertThat(load(plan)).isInstanceOf(Loaded.class);
        assertThat(load(plan.getParent())).isInstanceOf(Loaded.class);
    }

    @Test
    void aFileOfTheFolderIsRead() throws Unreadable {
        assertThat(folder.read("sql/count.sql")).isEqualTo("select 1");
        assertThat(folder.read("sql/../sql/count.sql")).isEqualTo("select 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside.txt", "sql/../../outside.txt", "/etc/hostname", ""})
    void aPathOutOfTheFolderIsRefused(String path) {
        assertThatThrownBy(() -> folder.read(path))
                .isInstanceOf(Unreadable.class)
                .hasMessage("file '" + path + "' leads out of the plan's folder; write a path from there");
    }

    @Test
    void aLinkOutOfTheFolderIsRefused() throws IOException {
        // Given
        Files.createSymbolicLink(root.resolve("bridge/link.txt"), root.resolve("outside.txt"));
        Files.createSymbolicLink(root.resolve("bridge/up"), root);

        // When / Then
        assertThatThrownBy(() -> folder.read("link.txt"))
                .hasMessage("file 'link.txt' leads out of the plan's folder; copy it in");
        assertThatThrownBy(() -> folder.read("up/outside.txt"))
                .hasMessage("file 'up/outside.txt' leads out of the plan's folder; copy it in");
    }

    @Test
    void whatIsMissingOrNoFileIsSaid() {
        assertThatThrownBy(() -> folder.read("none.txt"))
                .hasMessage("file 'none.txt' is not in the plan's folder; mend the path or add the file");
        assertThatThrownBy(() -> folder.read("sql")).hasMessage("file 'sql' is no file");
    }

    @Test
    void aLargeFileAndBytesThatAreNoTextAreRefused() throws IOException {
        // Given
        Files.write(root.resolve("bridge/big"), new byte[300 * 1024]);
        Files.write(root.resolve("bridge/bytes"), new byte[] {(byte) 0xff, (byte) 0xfe});

        // When / Then
        assertThatThrownBy(() -> folder.read("big")).hasMessage("file 'big' has 300 KiB; a file is at most 256 KiB");
        assertThatThrownBy(() -> folder.read("bytes")).hasMessage("file 'bytes' is not UTF-8 text; save it as such");
    }

    @Test
    void aPlanOfFiftyMegabytesIsRefusedUnread() throws IOException {
        // Given
        try (RandomAccessFile file = new RandomAccessFile(plan.toFile(), "rw")) {
            file.setLength(50L << 20);
        }

        // When / Then
        assertThat(problem(load(plan))).startsWith(plan + ":1:1: a plan is at most 1 MiB, found 50.0 MiB;");
    }

    @Test
    void aPlanThatIsNotThereIsRejected() {
        assertThat(problem(load(root.resolve("none.yaml")))).contains("none.yaml:1:1: there is no such plan");
    }
}
