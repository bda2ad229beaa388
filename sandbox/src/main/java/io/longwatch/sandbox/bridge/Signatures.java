package io.longwatch.sandbox.bridge;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Whether a webhook comes from whom it says it comes from. */
final class Signatures {
    private Signatures() {}

    /** The header that carries a source's proof. */
    static String headerOf(String source) {
        return switch (source) {
            case "oura" -> "X-Oura-Signature";
            case "whoop" -> "X-Whoop-Signature-256";
            default -> "Authorization";
        };
    }

    /**
     * Judges a proof.
     *
     * @param source oura, whoop or healthkit
     * @param proof what the header holds, or null
     * @param body what was sent
     * @param secrets values by their keys in the node's Secret
     */
    static boolean isRight(String source, @Nullable String proof, byte[] body, Map<String, String> secrets) {
        return proof != null
                && switch (source) {
                    case "oura" -> same(proof, hmac(secrets.getOrDefault("OURA_WEBHOOK_SECRET", ""), body));
                    case "whoop" -> same(proof, hmac(secrets.getOrDefault("WHOOP_WEBHOOK_SECRET", ""), body));
                    default -> same(proof, "Bearer " + secrets.getOrDefault("HEALTHKIT_API_KEY", ""));
                };
    }

    private static boolean same(String given, String right) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    private static String hmac(String key, byte[] body) {
        if (key.isEmpty()) {
            return "no key, no signature is right";
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
