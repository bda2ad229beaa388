package io.longwatch.activities.git;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Makes JGit leave the settings of the worker's user and machine alone: an {@code insteadOf}, a filter or a signing rule
 * there must not change what a release does, and nothing is written to that user's home.
 */
public final class OwnSettings extends SystemReader.Delegate {
    private static final OwnSettings INSTALLED = new OwnSettings(SystemReader.getInstance());

    private OwnSettings(SystemReader machine) {
        super(machine);
    }

    /** In force for the whole process from the first repository on. */
    public static void install() {
        if (SystemReader.getInstance() != INSTALLED) {
            SystemReader.setInstance(INSTALLED);
        }
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new None(parent);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new None(parent);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new None(parent);
    }

    /** Settings of no file. */
    private static final class None extends FileBasedConfig {
        None(Config parent) {
            super(parent, null, null);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
