package io.longwatch.system.parts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folder of a control plane: keys, tokens, kubeconfigs, settings, and everything its programs write. */
final class ControlPlaneFiles {
    private final Path folder;

    private ControlPlaneFiles(Path folder) {
        this.folder = folder;
    }

    static ControlPlaneFiles create(Map<String, String> groupOfUser) {
        try {
            var files = new ControlPlaneFiles(Files.createTempDirectory("longwatch-control-plane"));
            files.keys();
            files.tokens(groupOfUser);
            files.copy("control-plane-audit.yaml");
            files.write("pods.log", "");
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path at(String name) {
        return folder.resolve(name);
    }

    Path kubeconfig(String user, URI server, String namespace) {
        String text = """
                apiVersion: v1
                kind: Config
                clusters:
                - name: parts
                  cluster: {server: "%s"%s}
                users:
                - name: %s
                  user: {token: %s}
                contexts:
                - name: parts
                  context: {cluster: parts, user: %s, namespace: %s}
                current-context: parts
                """.formatted(server, authority(server), user, tokenOf(user), user, namespace);
        return write("kubeconfig-" + user + "-" + namespace + "-" + server.getPort(), text);
    }

    /** What becomes of pods, the lines they write, and where their ports lead. */
    Path simulation(Map<Integer, InetSocketAddress> ports) {
        String forwards = ports.entrySet().stream()
                .map(port -> "\n  - ports: [%d]\n    target: {address: %s, port: %d}"
                        .formatted(
                                port.getKey(),
                                port.getValue().getHostString(),
                                port.getValue().getPort()))
                .collect(Collectors.joining());
        return write(
                "kwok.yaml",
                resource("control-plane-pods.yaml")
                        + """
                ---
                apiVersion: kwok.x-k8s.io/v1alpha1
                kind: ClusterLogs
                metadata: {name: lines}
                spec:
                  logs:
                  - logsFile: %s
                    follow: false
                ---
                apiVersion: kwok.x-k8s.io/v1alpha1
                kind: ClusterPortForward
                metadata: {name: ports}
                spec:
                  forwards:%s
                """.formatted(at("pods.log"), forwards.isEmpty() ? " []" : forwards));
    }

    void delete() {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String authority(URI server) {
        return "https".equals(server.getScheme())
                ? ", certificate-authority: \"" + at("certificates/apiserver.crt") + "\""
                : "";
    }

    private void tokens(Map<String, String> groupOfUser) {
        write(
                "tokens.csv",
                groupOfUser.entrySet().stream()
                        .map(user -> "%s,%s,%s,\"%s\"\n"
                                .formatted(tokenOf(user.getKey()), user.getKey(), user.getKey(), user.getValue()))
                        .collect(Collectors.joining()));
    }

    private static String tokenOf(String user) {
        return user + "-of-the-parts";
    }

    private void keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            pem("accounts.key", "PRIVATE KEY", pair.getPrivate().getEncoded());
            pem("accounts.pub", "PUBLIC KEY", pair.getPublic().getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void pem(String file, String what, byte[] content) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        write(file, "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n");
    }

    private void copy(String resource) {
        write(resource, resource(resource));
    }

    private static String resource(String name) {
        try (InputStream text = ControlPlaneFiles.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(text, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whole at once: several sites ask for one kubeconfig, and one may be read while another writes it again. */
    private Path write(String name, String text) {
        try {
            Path part = Files.createTempFile(folder, name, ".part");
            Files.writeString(part, text);
            return Files.move(part, at(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines of a file that exist so far. */
    List<String> lines(String name) {
        try {
            return Files.exists(at(name)) ? Files.readAllLines(at(name)) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
