package io.longwatch.sandbox;

import io.longwatch.sandbox.demo.DemoCommand;
import io.longwatch.starter.World;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The command line with what needs the sandbox. */
public final class SandboxMain {
    private SandboxMain() {}

    public static void main(String[] args) {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "io/longwatch/starter/logback-commands.xml");
        }
        CommandLine commandLine = new CommandLine(new DemoCommand(World.here()))
                .setOut(new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true))
                .setErr(new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true));
        System.exit(commandLine.execute(java.util.Arrays.copyOfRange(args, 1, args.length)));
    }
}
