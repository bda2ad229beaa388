package io.longwatch.activities.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import io.longwatch.actions.image.BuildInput;
import io.longwatch.actions.image.Layer;
import io.longwatch.activities.connection.Invocation;
import io.longwatch.activities.git.Checkout;
import io.longwatch.activities.git.Folders;
import io.longwatch.contract.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Layers of files put together by jib: no engine, no root, and the same digest for the same commit and plan. */
final class JibAssembly implements Assembly {
    private static final long BEAT_SECONDS = 2;

    @Override
    public void push(Recipe recipe, Checkout checkout, Invocation invocation) throws IOException, InterruptedException {
        JibContainerBuilder image = image(recipe, checkout);
        Path cache = Files.createTempDirectory("longwatch-image-");
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Containerizer target =
                    target(recipe.connection(), recipe.target(), cache).setExecutorService(threads);
            invocation.renew("pushing " + recipe.target());
            await(threads.submit(() -> image.containerize(target)), recipe, invocation);
        } finally {
            threads.shutdownNow();
            boolean ended = threads.awaitTermination(5, TimeUnit.SECONDS);
            if (ended) {
                Folders.remove(cache);
            }
        }
    }

    private static void await(Future<?> build, Recipe recipe, Invocation invocation)
            throws IOException, InterruptedException {
        while (true) {
            try {
                build.get(BEAT_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException stillRunning) {
                invocation.heartbeat("building " + recipe.target());
            } catch (ExecutionException e) {
                throw cause(e, recipe);
            }
        }
    }

    private static IOException cause(ExecutionException e, Recipe recipe) {
        Throwable cause = e.getCause();
        while (cause instanceof ExecutionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof RegistryException || cause instanceof IOException) {
            return new IOException(cause.getMessage(), cause);
        }
        if (cause instanceof CacheDirectoryCreationException) {
            return new IOException("no folder for layers of " + recipe.target() + ": " + cause.getMessage(), cause);
        }
        throw Failures.failed("image " + recipe.target() + " could not be built: " + cause, cause);
    }

    private static JibContainerBuilder image(Recipe recipe, Checkout checkout) throws IOException {
        BuildInput input = recipe.input();
        JibContainerBuilder image = from(recipe);
        for (Layer layer : input.layersOrNone()) {
            image.addFileEntriesLayer(layer(layer, checkout.folder(), input.sha()));
        }
        String platform = input.platformOrDefault();
        int slash = platform.indexOf('/');
        image.setPlatforms(Set.of(new Platform(platform.substring(slash + 1), platform.substring(0, slash))))
                .setCreationTime(checkout.committed())
                .setEnvironment(input.envOrNone());
        recipe.labels().forEach(image::addLabel);
        if (input.entrypoint() != null) {
            image.setEntrypoint(input.entrypoint());
        }
        if (input.user() != null) {
            image.setUser(input.user());
        }
        return image;
    }

    private static JibContainerBuilder from(Recipe recipe) {
        String base = recipe.input().base();
        try {
            if (base == null) {
                return Jib.fromScratch();
            }
            ImageReference reference = ImageReference.parse(base);
            RegistryImage image = RegistryImage.named(reference);
            return Jib.from(
                    reference.getRegistry().equals(recipe.connection().host())
                            ? withCredentials(image, recipe.connection())
                            : image);
        } catch (InvalidImageReferenceException e) {
            throw Failures.invalid("base '" + base + "' is no image; write registry/name:tag or name@sha256:digest");
        }
    }

    private static FileEntriesLayer layer(Layer layer, Path folder, String sha) throws IOException {
        Path from = folder.resolve(layer.from()).normalize();
        if (!Files.exists(from)) {
            throw Failures.notFound("'" + layer.from() + "' is not in commit " + sha + "; correct the layer's from");
        }
        var entries = FileEntriesLayer.builder().setName(layer.to());
        AbsoluteUnixPath to = AbsoluteUnixPath.get(layer.to());
        for (Path file : files(from)) {
            if (Files.isSymbolicLink(file)) {
                throw Failures.refused("'" + folder.relativize(file) + "' of commit " + sha
                        + " is a symbolic link, which jib cannot take; use a builder that has a Dockerfile");
            }
            Path within = Files.isDirectory(from) ? from.relativize(file) : file.getFileName();
            entries.addEntry(file, to.resolve(within), permissions(file));
        }
        return entries.build();
    }

    private static List<Path> files(Path from) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            return all.filter(path -> !Files.isDirectory(path) || Files.isSymbolicLink(path))
                    .sorted()
                    .toList();
        }
    }

    private static FilePermissions permissions(Path file) throws IOException {
        boolean executable = Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
        return FilePermissions.fromOctalString(executable ? "755" : "644");
    }

    private static Containerizer target(RegistryConnection connection, String name, Path cache) {
        try {
            Path base = connection.cacheDirectory() == null ? cache.resolve("base") : connection.cacheDirectory();
            return Containerizer.to(withCredentials(RegistryImage.named(name), connection))
                    .setBaseImageLayersCache(base)
                    .setApplicationLayersCache(cache.resolve("layers"))
                    .setAllowInsecureRegistries(connection.insecure())
                    .setToolName("longwatch");
        } catch (InvalidImageReferenceException e) {
            throw Failures.invalid("image '" + name + "' is no name of an image: " + e.getMessage());
        }
    }

    private static RegistryImage withCredentials(RegistryImage image, RegistryConnection connection) {
        return connection.user() == null || connection.password() == null
                ? image
                : image.addCredential(connection.user(), connection.password().reveal());
    }
}
