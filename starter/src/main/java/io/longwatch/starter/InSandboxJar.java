package io.longwatch.starter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * Commands that production never installs: they carry embedded servers and live in a jar of their own. Here they stand
 * for the list of commands; the launcher takes the right jar by itself.
 */
abstract class InSandboxJar implements Callable<Integer> {
    @Unmatched
    private final List<String> ignored = new ArrayList<>();

    private final String name;

    InSandboxJar(String name) {
        this.name = name;
    }

    @Override
    public Integer call() {
        throw CommandFailed.usage(
                "'" + name + "' is in longwatch-sandbox.jar, which production does not install",
                "Run ./longwatch " + name + " from a clone, or java -jar longwatch-sandbox.jar " + name + ".");
    }

    /** {@code longwatch demo}. */
    @Command(
            name = "demo",
            description = "Runs a whole release in a sandbox, with real actions and hours passed in virtual time.")
    static final class Demo extends InSandboxJar {
        Demo() {
            super("demo");
        }
    }

    /** {@code longwatch rehearse}. */
    @Command(
            name = "rehearse",
            description = "Runs a plan's release in virtual time, every action simulated; nothing real is touched.")
    static final class Rehearse extends InSandboxJar {
        Rehearse() {
            super("rehearse");
        }
    }
}
