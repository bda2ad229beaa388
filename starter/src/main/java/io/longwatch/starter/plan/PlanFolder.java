package io.longwatch.starter.plan;

import io.longwatch.contract.ActionCatalog;
import io.longwatch.plan.load.LoadedPlan;
import io.longwatch.plan.load.LoadedPlan.Rejected;
import io.longwatch.plan.load.PlanFiles;
import io.longwatch.plan.load.PlanLoader;
import io.longwatch.plan.load.PlanLoader.Mode;
import io.longwatch.plan.load.Problem;
import io.longwatch.plan.load.Problem.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A plan.yaml and the folder it stands in, out of which nothing is read. */
public final class PlanFolder implements PlanFiles {
    private static final int MOST_BYTES_OF_PLAN = 1 << 20;

    private final Path plan;
    private final String name;

    private PlanFolder(Path plan, String name) {
        this.plan = plan;
        this.name = name;
    }

    /**
     * The plan at a path.
     *
     * @param path a plan, or a folder with a plan.yaml
     */
    public static PlanFolder of(Path path) {
        Path plan = Files.isDirectory(path) ? path.resolve("plan.yaml") : path;
        return new PlanFolder(plan, plan.toString());
    }

    /** Loads the plan; one that cannot be read is rejected with the reason. */
    public LoadedPlan load(ActionCatalog catalog, Map<String, String> parameters, Mode mode) {
        try {
            return PlanLoader.load(name, planText(), this, catalog, parameters, mode);
        } catch (Unreadable e) {
            return new Rejected(List.of(new Problem(name, 1, 1, String.valueOf(e.getMessage()), Severity.ERROR)));
        }
    }

    private String planText() throws Unreadable {
        try {
            long size = Files.size(plan);
            if (size > MOST_BYTES_OF_PLAN) {
                throw new Unreadable("a plan is at most 1 MiB, found "
                        + String.format(Locale.ROOT, "%.1f MiB", size / 1048576.0)
                        + "; keep manifests and queries in files of their own");
            }
            return textOf(plan, MOST_BYTES_OF_PLAN, "the plan");
        } catch (NoSuchFileException e) {
            throw new Unreadable("there is no such plan; 'longwatch plan list' shows those there are");
        } catch (IOException e) {
            throw new Unreadable("the plan cannot be read: " + e.getMessage());
        }
    }

    @Override
    public String read(String relativePath) throws Unreadable {
        String label = "file '" + relativePath + "'";
        try {
            Path file = inside(relativePath, label);
            long size = Files.size(file);
            if (size > MOST_BYTES_EACH) {
                throw new Unreadable(label + " has " + size / 1024 + " KiB; a file is at most 256 KiB");
            }
            return textOf(file, MOST_BYTES_EACH, label);
        } catch (NoSuchFileException e) {
            throw new Unreadable(label + " is not in the plan's folder; mend the path or add the file");
        } catch (IOException e) {
            throw new Unreadable(label + " cannot be read: " + e.getMessage());
        }
    }

    /** The real path of a file of the folder, links followed. */
    private Path inside(String relativePath, String label) throws Unreadable, IOException {
        Path relative = relative(relativePath, label);
        Path folder = plan.toAbsolutePath().resolveSibling("").toRealPath();
        Path file = folder.resolve(relative).toRealPath();
        if (!file.startsWith(folder)) {
            throw new Unreadable(label + " leads out of the plan's folder; copy it in");
        }
        if (!Files.isRegularFile(file)) {
            throw new Unreadable(label + " is no file");
        }
        return file;
    }

    private static Path relative(String text, String label) throws Unreadable {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute() || text.isBlank() || path.normalize().startsWith("..")) {
                throw new Unreadable(label + " leads out of the plan's folder; write a path from there");
            }
            return path.normalize();
        } catch (InvalidPathException e) {
            throw new Unreadable(label + " is no path: " + e.getReason());
        }
    }

    /** Text of a file that may have grown since its size was looked at. */
    private static String textOf(Path file, int most, String label) throws Unreadable, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new Unreadable(label + " has more than " + most / 1024 + " KiB");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Unreadable(label + " is not UTF-8 text; save it as such");
        }
    }
}
