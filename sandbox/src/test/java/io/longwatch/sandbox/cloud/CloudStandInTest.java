package io.longwatch.sandbox.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.longwatch.actions.cloud.ResourceType;
import io.longwatch.activities.cloud.CloudConnection;
import io.longwatch.activities.connection.Secret;
import io.longwatch.contract.Failures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CloudStandInTest extends CloudContract {
    private static final String NAME = "biometric-bridge";

    @TempDir
    Path folder;

    private CloudStandIn cloud;

    @BeforeEach
    void start() throws IOException {
        cloud = CloudStandIn.start();
        cloud.put(new CloudStandIn.Database(NAME, "available", "db.r5.xlarge", "postgres", "16.4", true));
        cloud.put(new CloudStandIn.Cache(NAME, "available", "cache.r6g.large", "redis", "7.1", 1));
        cloud.put(new CloudStandIn.ReplicationGroup(NAME, "available", "cache.r6g.large", 2, true));
        cloud.put(new CloudStandIn.Broker(NAME, "ACTIVE", "kafka.m5.large", "3.6.0", 3));
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    @Override
    CloudConnection connection() {
        return connection(cloud.endpoint(), CloudStandIn.ACCESS_KEY);
    }

    @Override
    String existing(ResourceType type) {
        return NAME;
    }

    @Test
    void aDatabaseIsDescribedInFull() {
        // When
        var result = describe(ResourceType.RDS_DB_INSTANCE, NAME);

        // Then
        assertThat(result.instanceClass()).isEqualTo("db.r5.xlarge");
        assertThat(result.engineVersion()).isEqualTo("16.4");
        assertThat(result.endpoint()).isEqualTo(NAME + ".sandbox.example.org:5432");
        assertThat(result.multiAz()).isTrue();
        assertThat(result.storageEncrypted()).isTrue();
        assertThat(result.summary()).isEqualTo("available: db.r5.xlarge, postgres 16.4, 1 node");
    }

    @Test
    void nodesAreCounted() {
        // When / Then
        assertThat(describe(ResourceType.ELASTICACHE_REPLICATION_GROUP, NAME).nodes())
                .isEqualTo(2);
        assertThat(describe(ResourceType.MSK_CLUSTER, NAME).nodes()).isEqualTo(3);
        assertThat(describe(ResourceType.ELASTICACHE_CACHE_CLUSTER, NAME).endpoint())
                .isEqualTo(NAME + ".sandbox.example.org:6379");
    }

    @Test
    void aBrokerIsFoundByItsArn() {
        // Given
        String arn = new CloudStandIn.Broker(NAME, "", "", "", 0).arn();

        // When
        var result = describe(ResourceType.MSK_CLUSTER, arn);

        // Then
        assertThat(result.id()).isEqualTo(NAME);
        assertThat(result.engineVersion()).isEqualTo("3.6.0");
    }

    @Test
    void aStatusOtherThanAvailableIsAResult() {
        // Given
        cloud.put(new CloudStandIn.Database(NAME, "storage-full", "db.r5.xlarge", "postgres", "16.4", true));

        // When
        var result = describe(ResourceType.RDS_DB_INSTANCE, NAME);

        // Then
        assertThat(result.status()).isEqualTo("storage-full");
    }

    @ParameterizedTest
    @EnumSource(ResourceType.class)
    void throttlingIsRetried(ResourceType type) {
        // Given
        cloud.throttle(true);

        // When / Then
        assertFails(() -> describe(type, NAME), Failures.UNAVAILABLE, false);
    }

    @ParameterizedTest
    @EnumSource(ResourceType.class)
    void anUnknownAccessKeyIsDenied(ResourceType type) {
        // Given
        CloudConnection stranger = connection(cloud.endpoint(), "AKIASTRANGER");

        // When / Then
        assertFails(() -> describe(stranger, type, NAME), Failures.DENIED, true, "token");
    }

    @Test
    void aProviderThatDoesNotAnswerIsRetried() {
        // Given
        CloudConnection nowhere = connection(URI.create("http://127.0.0.1:1"), CloudStandIn.ACCESS_KEY);

        // When / Then
        assertFails(() -> describe(nowhere, ResourceType.RDS_DB_INSTANCE, NAME), Failures.UNAVAILABLE, false);
    }

    private CloudConnection connection(URI endpoint, String accessKey) {
        try {
            Secret key = Secret.ofFile(Files.writeString(folder.resolve("key"), accessKey));
            Secret secret = Secret.ofFile(Files.writeString(folder.resolve("secret"), "of no meaning here"));
            return new CloudConnection("aws", "eu-central-1", endpoint, key, secret, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
