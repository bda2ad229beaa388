package io.longwatch.system.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.longwatch.system.parts.Parts;
import io.longwatch.worker.config.WorkerConfig;
import io.longwatch.worker.config.WorkerConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The Compose file by the schema of the Compose specification; nothing here can run it. */
class ComposeFileTest {
    private static final Path FOLDER = Path.of(System.getProperty("longwatch.checkout", ".."), "install/compose");

    private static JsonSchema schema() throws IOException {
        ObjectNode text = (ObjectNode)
                new ObjectMapper().readTree(Files.readString(Parts.cached("compose", "compose-spec.json")));
        // Relative, which a schema read from no address cannot be.
        text.remove("$id");
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema((JsonNode) text);
    }

    private static JsonNode file() throws IOException {
        return new YAMLMapper().readTree(Files.readString(FOLDER.resolve("compose.yaml")));
    }

    @Test
    void theComposeFileIsOneByTheSpecification() throws IOException {
        // When
        var problems = schema().validate(file());

        // Then
        assertThat(problems).isEmpty();
    }

    @Test
    void theSchemaFindsAMistake() throws IOException {
        // Given
        JsonNode wrong = file();
        ((ObjectNode) wrong.at("/services/longwatch")).put("imagee", "longwatch");

        // When
        var problems = schema().validate(wrong);

        // Then
        assertThat(problems).isNotEmpty();
    }

    @Test
    void nothingListensBeyondTheMachine() throws IOException {
        // When
        var ports = file().findValues("ports");

        // Then
        assertThat(ports)
                .allSatisfy(each -> assertThat(each)
                        .allSatisfy(port -> assertThat(port.asText()).startsWith("127.0.0.1:")));
    }

    @Test
    void itsWorkerReadsItsConfiguration() throws Exception {
        // When
        WorkerConfig read =
                WorkerConfigFile.read(FOLDER.resolve("worker.yaml"), Map.of(), WorkerConfigFile.Secrets.LATER);

        // Then
        assertThat(read.ledger()).isNotNull();
        assertThat(read.listen().port()).isEqualTo(8080);
    }
}
