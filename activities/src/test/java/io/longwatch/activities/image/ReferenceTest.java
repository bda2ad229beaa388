package io.longwatch.activities.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longwatch.activities.connection.Secret;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
    private static final String DIGEST = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @ParameterizedTest
    @CsvSource({
        "auren/bridge:v2.0, auren/bridge, v2.0",
        "reg:5000/auren/bridge:v2.0, auren/bridge, v2.0",
        "auren/bridge@" + DIGEST + ", auren/bridge, " + DIGEST,
        "reg:5000/auren/bridge:v2.0@" + DIGEST + ", auren/bridge, " + DIGEST,
    })
    void anImageIsReadWithOrWithoutItsHost(String written, String repository, String reference) {
        // When
        Reference read = Reference.parse(written, "reg:5000");

        // Then
        assertThat(read).isEqualTo(new Reference(repository, reference));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auren/bridge", "other:5000/auren/bridge:v1", "../../x:y", "Auren/Bridge:v1", "a@sha256:1"})
    void whatIsNoImageOfTheRegistryIsInvalid(String written) {
        // When / Then
        assertThatThrownBy(() -> Reference.parse(written, "reg:5000")).hasMessageContaining("write name:tag or");
    }

    @Test
    void aRegistryWithoutTlsMustBeOnThisMachineAndALoginIsWhole() {
        // When / Then
        assertThatThrownBy(() -> new RegistryConnection("registry.example.org", null, null, true, null, null))
                .hasMessageContaining("not on this machine");
        assertThatThrownBy(() -> new RegistryConnection("127.0.0.1.example.org", null, null, true, null, null))
                .hasMessageContaining("not on this machine");
        assertThatThrownBy(() -> new RegistryConnection(
                        "registry.example.org", null, Secret.ofFile(Path.of("p")), null, null, null))
                .hasMessageContaining("write both");
    }
}
