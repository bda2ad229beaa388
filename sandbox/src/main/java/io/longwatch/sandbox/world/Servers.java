package io.longwatch.sandbox.world;

import io.longwatch.sandbox.kafka.KafkaBroker;
import io.longwatch.sandbox.postgres.EmbeddedPostgres;
import io.longwatch.sandbox.redis.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The real servers of the world, started side by side. */
record Servers(EmbeddedPostgres postgres, KafkaBroker kafka, RedisServer redis) {
    private static final String CACHE_MEMORY = "6gb";

    /** Begins to start them; each is closed with the rest, as soon as it is up, also when another one fails. */
    static CompletableFuture<Servers> start(Closing closing) {
        CompletableFuture<KafkaBroker> kafka = begin(KafkaBroker::start, closing);
        CompletableFuture<EmbeddedPostgres> postgres = begin(EmbeddedPostgres::start, closing);
        CompletableFuture<RedisServer> redis = begin(() -> RedisServer.start(CACHE_MEMORY), closing);
        return CompletableFuture.allOf(kafka, postgres, redis)
                .thenApply(all -> new Servers(postgres.join(), kafka.join(), redis.join()));
    }

    /** Waits for them. */
    static Servers of(CompletableFuture<Servers> starting) throws IOException {
        try {
            return starting.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof UncheckedIOException unchecked
                    ? unchecked.getCause()
                    : new IOException("a server of the sandbox does not start: " + e.getCause(), e);
        }
    }

    private static <T extends AutoCloseable> CompletableFuture<T> begin(Start<T> start, Closing closing) {
        CompletableFuture<T> started = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        started.complete(start.start());
                    } catch (IOException e) {
                        started.completeExceptionally(new UncheckedIOException(e));
                    } catch (RuntimeException | Error e) {
                        started.completeExceptionally(e);
                    }
                },
                "sandbox-start");
        closing.add(() -> {
            if (!started.isCompletedExceptionally()) {
                started.get().close();
            }
        });
        thread.start();
        return started;
    }

    private interface Start<T> {
        T start() throws IOException;
    }
}
