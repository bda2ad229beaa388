package io.longwatch.activities.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.actions.redis.PingInput;
import io.longwatch.activities.connection.ActionContext;
import io.longwatch.activities.connection.Connections;
import io.longwatch.contract.Failures;
import io.longwatch.contract.StepRef;
import io.temporal.failure.ApplicationFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Whose certificate a connection over TLS takes. */
class RedisTlsTest {
    private static final StepRef STEP = new StepRef("bridge-production-20261121-1", "production", "redis");
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    @Test
    void aTrustedCertificateOfThatHostIsTaken() throws Exception {
        // Given
        SSLContext tls = certified("ip:127.0.0.1");
        try (ServerSocket server = answering(tls)) {

            // When
            String answer = ping(server, tls);

            // Then
            assertThat(answer).isEqualTo("PONG");
        }
    }

    @Test
    void aTrustedCertificateOfAnotherHostIsRefused() throws Exception {
        // Given
        SSLContext tls = certified("dns:cache.example.org");
        try (ServerSocket server = answering(tls)) {

            // When / Then
            assertThatThrownBy(() -> ping(server, tls))
                    .isInstanceOf(JedisConnectionException.class)
                    .hasRootCauseInstanceOf(CertificateException.class);
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsFinal() throws Exception {
        // Given
        try (ServerSocket server = answering(certified("ip:127.0.0.1"))) {
            var connections = new Connections("production", Map.of("cache", connection(server)), Map.of());
            var actions = new RedisActions(ActionContext.of(connections, Clock.systemUTC()));

            // When / Then
            assertThatThrownBy(() -> actions.ping(STEP, new PingInput(null)))
                    .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                        assertThat(failure.getType()).isEqualTo(Failures.FAILED);
                        assertThat(failure.getOriginalMessage()).contains("is not trusted");
                    });
        }
    }

    /** As the action connects, but trusting what the server has in place of what this machine trusts. */
    private static String ping(ServerSocket server, SSLContext tls) {
        var config = DefaultJedisClientConfig.builder()
                .from(RedisActions.config(connection(server)))
                .sslSocketFactory(tls.getSocketFactory())
                .build();
        try (Jedis jedis = new Jedis(new HostAndPort("127.0.0.1", server.getLocalPort()), config)) {
            return jedis.ping();
        }
    }

    private static RedisConnection connection(ServerSocket server) {
        return new RedisConnection(URI.create("rediss://127.0.0.1:" + server.getLocalPort()), null, null, null);
    }

    /** A key and a certificate made out to a name, for the server, and trust in that certificate, for the client. */
    private SSLContext certified(String name) throws IOException, GeneralSecurityException, InterruptedException {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=redis",
                        "-ext",
                        "san=" + name,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        String.valueOf(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD);
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return tls;
    }

    /** Answers one client's every command with PONG. */
    private static ServerSocket answering(SSLContext tls) throws IOException {
        ServerSocket server = tls.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var thread = new Thread(() -> {
            try (Socket client = server.accept();
                    var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("*")) {
                        client.getOutputStream().write("+PONG\r\n".getBytes(US_ASCII));
                    }
                }
            } catch (IOException hungUp) {
                // A client that refuses the certificate does.
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server;
    }
}
