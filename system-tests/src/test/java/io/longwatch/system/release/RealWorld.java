package io.longwatch.system.release;

import io.longwatch.contract.Json;
import io.longwatch.sandbox.bridge.Misbehaviour;
import io.longwatch.sandbox.cloud.CloudStandIn;
import io.longwatch.sandbox.postgres.EmbeddedPostgres;
import io.longwatch.starter.temporal.Connection;
import io.longwatch.starter.temporal.Namespace;
import io.longwatch.system.parts.ControlPlane;
import io.longwatch.system.parts.ImageRegistry;
import io.longwatch.system.parts.TemporalServer;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/**
 * The servers that releases need, real but for Slack and AWS: Temporal, a Kubernetes control plane, PostgreSQL, Redis and
 * a registry. Each release has a {@link Site} of its own among them, so that several can run side by side.
 */
final class RealWorld implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ReadWriteLock connecting = new ReentrantReadWriteLock();
    private final Opened opened;
    private final AtomicInteger sites = new AtomicInteger();
    private final Path folder;
    private final Path installation;
    private final TemporalServer temporal;
    private final ControlPlane cluster;
    private final EmbeddedPostgres postgres;
    private final ImageRegistry registry;
    private final Team team;
    private final CloudStandIn cloud;
    private final Access access;

    private RealWorld(Path folder, Opened opened) throws IOException {
        this.folder = folder;
        this.opened = opened;
        CompletableFuture<ControlPlane> control = beside(ControlPlane::start);
        CompletableFuture<TemporalServer> server = beside(() -> TemporalServer.start(made("temporal")));
        installation = Longwatch.installation();
        team = Team.withKeysIn(made("team"));
        postgres = opened.add(EmbeddedPostgres.start());
        registry = opened.add(ImageRegistry.start(made("registry")));
        cloud = opened.add(CloudStandIn.start());
        describeCloud();
        temporal = server.join();
        cluster = control.join();
        access = Access.on(cluster);
    }

    /** Starts them; what they keep goes into a folder. */
    static RealWorld start(Path folder) throws IOException {
        Opened opened = new Opened();
        try {
            return new RealWorld(folder, opened);
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private <T extends AutoCloseable> CompletableFuture<T> beside(Supplier<T> start) {
        CompletableFuture<T> started = CompletableFuture.supplyAsync(start);
        opened.add(() -> {
            if (!started.isCompletedExceptionally()) {
                started.join().close();
            }
        });
        return started;
    }

    private void describeCloud() {
        cloud.put(new CloudStandIn.Database("biometric-bridge", "available", "db.r5.xlarge", "postgres", "16.4", true));
        cloud.put(new CloudStandIn.Cache("biometric-bridge", "available", "cache.r6g.large", "redis", "7.1", 1));
        cloud.put(new CloudStandIn.Broker("biometric-bridge", "ACTIVE", "kafka.m5.large", "3.6.0", 3));
    }

    /**
     * A place for one release, to be closed after it: version 1.9 runs there.
     *
     * @param name its name, also of its namespaces
     * @param misbehaviour of the version that will be released
     */
    Site site(String name, Misbehaviour misbehaviour) throws Exception {
        String version = "v2." + sites.incrementAndGet();
        return whileTemporalServes(() -> Site.open(this, name, version, misbehaviour, made(name)));
    }

    private Path made(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A connection to a namespace of the Temporal server, which is made if there is none; its user closes it. */
    Connection connectTo(String namespace) {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(temporal.address())
                .build());
        WorkflowClient client = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(namespace)
                        .setDataConverter(Json.dataConverter())
                        .build());
        stubs.blockingStub()
                .registerNamespace(RegisterNamespaceRequest.newBuilder()
                        .setNamespace(namespace)
                        .setWorkflowExecutionRetentionPeriod(
                                com.google.protobuf.Duration.newBuilder().setSeconds(86_400))
                        .build());
        Connection connection = new Connection(client, temporal.address(), stubs::shutdownNow);
        Awaitility.await("namespace " + namespace)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() ->
                        new Namespace(connection).registerSearchAttributes().isEmpty());
        return connection;
    }

    /** Kills the Temporal server and starts it again on its database, while no process is about to connect. */
    void killTemporal() {
        killTemporal(() -> {});
    }

    /** The same, and meanwhile something happens. */
    void killTemporal(Runnable meanwhile) {
        connecting.writeLock().lock();
        try {
            temporal.kill();
            meanwhile.run();
            temporal.restart();
        } finally {
            connecting.writeLock().unlock();
        }
    }

    /** Does something that needs the Temporal server to be up. */
    <T> T whileTemporalServes(Callable<T> work) throws Exception {
        connecting.readLock().lock();
        try {
            return work.call();
        } finally {
            connecting.readLock().unlock();
        }
    }

    /** Where Longwatch is installed. */
    Path installation() {
        return installation;
    }

    TemporalServer temporal() {
        return temporal;
    }

    ControlPlane cluster() {
        return cluster;
    }

    Access access() {
        return access;
    }

    EmbeddedPostgres postgres() {
        return postgres;
    }

    ImageRegistry registry() {
        return registry;
    }

    Team team() {
        return team;
    }

    CloudStandIn cloud() {
        return cloud;
    }

    @Override
    public void close() {
        opened.close();
    }
}
