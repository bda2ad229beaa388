package io.longwatch.actions.http;

import io.longwatch.contract.Field;
import io.longwatch.contract.SecretName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a body is signed, as webhooks are. */
public record HttpSignature(
        @Field(value = "Header that carries the signature", example = "X-Oura-Signature")
        String header,

        @SecretName @Field(value = "Name of the secret that is the key", example = "OURA_WEBHOOK_SECRET")
        String secret,

        @Field(value = "HmacSHA256 (default), HmacSHA512 or HmacSHA1", example = "HmacSHA256") @Nullable
        String algorithm,

        @Field(value = "Text before the signature in the header; none by default", example = "sha256=") @Nullable
        String prefix,

        @Field(value = "hex (default) or base64", example = "hex") @Nullable
        String encoding,

        @Field(
                value = "What is signed: body (default), or timestamp.body, the epoch second, a dot and the body",
                example = "body")
        @Nullable
        String of,

        @Field(
                value = "Header that carries the timestamp where 'of' has one; X-Timestamp by default",
                example = "X-Timestamp")
        @Nullable
        String timestampHeader) {
    private static final List<String> ALGORITHMS = List.of("HmacSHA256", "HmacSHA512", "HmacSHA1");
    private static final List<String> ENCODINGS = List.of("hex", "base64");
    private static final List<String> CONTENTS = List.of("body", "timestamp.body");

    public HttpSignature {
        oneOf("algorithm", algorithm, ALGORITHMS);
        oneOf("encoding", encoding, ENCODINGS);
        oneOf("of", of, CONTENTS);
    }

    private static void oneOf(String field, @Nullable String value, List<String> allowed) {
        if (value != null && !allowed.contains(value)) {
            throw new IllegalArgumentException(
                    "signature." + field + " '" + value + "' is not known; write " + String.join(" or ", allowed));
        }
    }

    public String algorithmOrDefault() {
        return algorithm == null ? "HmacSHA256" : algorithm;
    }

    public String prefixOrDefault() {
        return prefix == null ? "" : prefix;
    }

    public boolean base64() {
        return "base64".equals(encoding);
    }

    public boolean timestamped() {
        return "timestamp.body".equals(of);
    }

    public String timestampHeaderOrDefault() {
        return timestampHeader == null ? "X-Timestamp" : timestampHeader;
    }
}
