package io.longwatch.actions.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildInputTest {
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "docker | base: 'python:3.12' | base",
                "podman | 'layers: [{from: app, to: /app}]' | layers",
                "docker | 'entrypoint: [/app/run]' | entrypoint",
                "buildah | 'env: {LANG: C}' | env",
                "docker | user: '1000' | user",
                "jib | context: bridge | context",
                "jib | dockerfile: Dockerfile | dockerfile"
            })
    void whatABuilderDoesNotReadIsRefusedByItsName(String builder, String field, String name) {
        // When / Then
        assertThatThrownBy(() -> read(builder, field))
                .rootCause()
                .hasMessageContaining(name + " does not go with the builder " + builder);
    }

    @Test
    void whatIsNullOrEmptyCountsAsNotWritten() throws IOException {
        // When
        BuildInput input =
                read("docker", "{base: null, layers: [], entrypoint: null, env: {}, user: null, context: bridge}");

        // Then
        assertThat(input.contextOrDefault()).isEqualTo("bridge");
    }

    private static BuildInput read(String builder, String more) throws IOException {
        ObjectNode input = (ObjectNode) YAML.readTree("""
                sha: 4b825dc642cb6eb9a060e54bf8d69288fbee4904
                image: auren/bridge
                tag: v1
                builder: %s
                """.formatted(builder));
        if (builder.equals("jib")) {
            input.set("layers", YAML.readTree("[{from: app, to: /app}]"));
        }
        YAML.readTree(more).properties().forEach(field -> input.set(field.getKey(), field.getValue()));
        return YAML.treeToValue(input, BuildInput.class);
    }
}
