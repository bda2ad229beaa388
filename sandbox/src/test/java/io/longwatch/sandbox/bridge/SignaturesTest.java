package io.longwatch.sandbox.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignaturesTest {
    private static final byte[] BODY = "{\"user_id\":\"u\"}".getBytes(StandardCharsets.UTF_8);
    private static final Map<String, String> SECRETS =
            Map.of("OURA_WEBHOOK_SECRET", "key", "HEALTHKIT_API_KEY", "token");

    @Test
    void aBodySignedWithTheKeyIsTaken() {
        // Given
        String signature = "2db8f25d362bbde8da2d9bdb82448a98ebc0170b7bfd33130237e1faf42697cf";

        // When / Then
        assertThat(Signatures.isRight("oura", signature, BODY, SECRETS)).isTrue();
        assertThat(Signatures.isRight("oura", signature, new byte[] {1}, SECRETS))
                .isFalse();
        assertThat(Signatures.isRight("healthkit", "Bearer token", BODY, SECRETS))
                .isTrue();
    }

    @Test
    void withoutAProofOrAKeyNothingIsTaken() {
        // When / Then
        assertThat(Signatures.isRight("oura", null, BODY, SECRETS)).isFalse();
        assertThat(Signatures.isRight("whoop", "", BODY, SECRETS)).isFalse();
        assertThat(Signatures.isRight("healthkit", "Bearer other", BODY, SECRETS))
                .isFalse();
    }
}
