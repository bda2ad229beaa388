package io.longwatch.activities.http;

import io.longwatch.actions.http.HttpSignature;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs a body with a key, as the signature's description asks. */
final class Signer {
    private final HttpSignature signature;
    private final byte[] key;

    Signer(HttpSignature signature, String key) {
        this.signature = signature;
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    /** The headers to add. */
    Map<String, String> headers(byte[] body, Instant now) {
        Map<String, String> headers = new LinkedHashMap<>();
        Mac mac = mac();
        if (signature.timestamped()) {
            String second = Long.toString(now.getEpochSecond());
            headers.put(signature.timestampHeaderOrDefault(), second);
            mac.update((second + ".").getBytes(StandardCharsets.UTF_8));
        }
        byte[] sum = mac.doFinal(body);
        String text = signature.base64()
                ? Base64.getEncoder().encodeToString(sum)
                : HexFormat.of().formatHex(sum);
        headers.put(signature.header(), signature.prefixOrDefault() + text);
        return headers;
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(signature.algorithmOrDefault());
            mac.init(new SecretKeySpec(key, signature.algorithmOrDefault()));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + signature.algorithmOrDefault(), e);
        }
    }
}
