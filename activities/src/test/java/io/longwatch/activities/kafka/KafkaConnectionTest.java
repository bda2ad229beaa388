package io.longwatch.activities.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaConnectionTest {
    @Test
    void aConnectionIsReadFromConfiguration() throws Exception {
        // When
        var connection = new ObjectMapper(new YAMLFactory())
                .registerModule(new JavaTimeModule())
                .readValue("""
                        bootstrapServers: b-1.example.org:9092, b-2.example.org:9092
                        properties: {security.protocol: SASL_SSL}
                        secretProperties: {sasl.jaas.config: {env: KAFKA_JAAS}}
                        """, KafkaConnection.class);

        // Then
        assertThat(connection.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(connection.properties()).containsEntry("security.protocol", "SASL_SSL");
        assertThat(connection.secretProperties()).containsOnlyKeys("sasl.jaas.config");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sasl.jaas.config", "ssl.keystore.password", "ssl.keystore.key", "oauth.client.secret"})
    void aSecretAmongThePropertiesIsRejectedWithoutRepeatingIt(String name) {
        // When / Then
        assertThatThrownBy(() -> new KafkaConnection("b:9092", Map.of(name, "s3cret"), null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("secretProperties")
                .message()
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "broker", "broker:", "http://broker:9092", "a:1,,b:2"})
    void addressesThatAreNoneSayHowToWriteThem(String servers) {
        // When / Then
        assertThatThrownBy(() -> new KafkaConnection(servers, null, null, null))
                .hasMessageContaining("host:9092,host:9092");
    }
}
