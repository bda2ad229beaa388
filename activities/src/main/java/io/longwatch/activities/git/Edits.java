package io.longwatch.activities.git;

import io.longwatch.actions.git.Replacement;
import io.longwatch.contract.Failures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * All replacements of a step on the files of a commit.
 *
 * @param contents changed files by path, in the order of the plan, one character per byte
 * @param replaced places that were replaced
 */
record Edits(Map<String, String> contents, int replaced) {
    private static final long LARGEST = 16L << 20;

    static Edits of(List<Replacement> replacements, Repository repository, RevCommit commit) throws IOException {
        var tree = new Tree(repository, commit);
        Map<String, String> files = new LinkedHashMap<>();
        Map<String, String> changed = new LinkedHashMap<>();
        int replaced = 0;
        for (Replacement replacement : replacements) {
            String known = files.get(replacement.path());
            String content = known == null ? read(repository, tree, replacement.path()) : known;
            Edit edit = Edit.of(content, replacement);
            check(replacement, edit, commit);
            files.put(replacement.path(), edit.content());
            if (edit.replaced() > 0) {
                changed.put(replacement.path(), edit.content());
            }
            replaced += edit.replaced();
        }
        return new Edits(changed, replaced);
    }

    private static String read(Repository repository, Tree tree, String path) throws IOException {
        ObjectId content = tree.file(path)
                .orElseThrow(() -> Failures.notFound("file '" + path
                        + "' is not in the repository, or is no plain file; write its path from the root"));
        ObjectLoader loader = repository.open(content, Constants.OBJ_BLOB);
        if (loader.getSize() > LARGEST) {
            throw Failures.refused("file '" + path + "' has " + loader.getSize()
                    + " bytes; replacements are for text of at most " + LARGEST);
        }
        return new String(loader.getBytes(), StandardCharsets.ISO_8859_1);
    }

    private static void check(Replacement replacement, Edit edit, RevCommit commit) {
        int found = edit.replaced() + edit.done();
        if (found < replacement.minReplacementsOrDefault()) {
            throw Failures.failed(
                    "'" + replacement.literal() + "' is found in " + edit.replaced() + " places of "
                            + replacement.path() + " at " + Shas.shortened(commit) + ", what replaces it in "
                            + edit.done() + "; at least " + replacement.minReplacementsOrDefault()
                            + " were expected: correct the literal, or minReplacements",
                    null);
        }
    }

    List<String> files() {
        return List.copyOf(contents.keySet());
    }

    /** Writes the changed files' contents. */
    Map<String, ObjectId> insert(ObjectInserter inserter) throws IOException {
        Map<String, ObjectId> ids = new TreeMap<>();
        for (var file : contents.entrySet()) {
            ids.put(
                    file.getKey(),
                    inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.ISO_8859_1)));
        }
        return ids;
    }
}
