package io.longwatch.system.bench;

import io.longwatch.sandbox.bench.DispatchBench;
import io.longwatch.system.parts.TemporalServer;
import java.nio.file.Files;
import java.util.stream.Stream;
import picocli.CommandLine;

/** {@link DispatchBench} on a real server that is started for it. */
public final class RealDispatch {
    private RealDispatch() {}

    public static void main(String[] args) throws Exception {
        int code;
        try (TemporalServer server = TemporalServer.start(Files.createTempDirectory("longwatch-bench"))) {
            String[] all = Stream.concat(Stream.of("--address=" + server.address()), Stream.of(args))
                    .toArray(String[]::new);
            code = new CommandLine(new DispatchBench()).execute(all);
        }
        System.exit(code);
    }
}
