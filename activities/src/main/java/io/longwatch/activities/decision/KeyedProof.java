package io.longwatch.activities.decision;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longwatch.activities.connection.Secret;
import io.longwatch.decision.Decision;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The proof of a receiver that it took a decision from the person it names: HMAC-SHA256 over the decision's statement, by
 * a key that only workers have.
 */
public final class KeyedProof {
    private static final String PREFIX = "hmac-sha256:";
    private static final int SHORTEST_KEY = 32;
    private final Secret key;

    public KeyedProof(Secret key) {
        this.key = key;
    }

    /**
     * The decision with its proof.
     *
     * @throws IllegalStateException if the key is shorter than 32 characters
     */
    public Decision prove(Decision decision) {
        return decision.withProof(proofOf(decision));
    }

    /**
     * Whether the key will do, before anyone decides.
     *
     * @throws IllegalStateException if it is shorter than 32 characters
     */
    public void requireLongKey() {
        longKey();
    }

    boolean verify(Decision decision) {
        return decision.proof() != null
                && MessageDigest.isEqual(
                        proofOf(decision).getBytes(UTF_8), decision.proof().getBytes(UTF_8));
    }

    private String proofOf(Decision decision) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(longKey(), "HmacSHA256"));
            return PREFIX
                    + HexFormat.of().formatHex(mac.doFinal(decision.statement().getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA256", e);
        }
    }

    private byte[] longKey() {
        byte[] secret = key.reveal().getBytes(UTF_8);
        if (secret.length < SHORTEST_KEY) {
            throw new IllegalStateException("the key of proofs (" + key + ") has " + secret.length
                    + " characters and needs " + SHORTEST_KEY + "; make one with: openssl rand -hex 32");
        }
        return secret;
    }
}
