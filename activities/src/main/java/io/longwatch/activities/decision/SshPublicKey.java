package io.longwatch.activities.decision;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A person's SSH public key, as it stands in {@code ~/.ssh/id_ed25519.pub} or an allowed-signers file. */
public final class SshPublicKey {
    private static final byte[] ED25519_HEADER = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int SMALLEST_RSA = 2048;

    private final String type;
    private final byte[] blob;
    private final PublicKey key;

    private SshPublicKey(String type, byte[] blob) throws GeneralSecurityException {
        this.type = type;
        this.blob = blob;
        this.key = keyOf(type, blob);
    }

    /**
     * Reads {@code <type> <base64> [comment]}.
     *
     * @throws IllegalArgumentException if it is no key, or of a type that is not checked here
     */
    @JsonCreator
    public static SshPublicKey parse(String line) {
        List<String> words = Pattern.compile("\\s+").splitAsStream(line.strip()).toList();
        if (words.size() < 2) {
            throw new IllegalArgumentException(
                    "is no SSH public key; write the line of ~/.ssh/id_ed25519.pub, as ssh-ed25519 AAAA...");
        }
        try {
            return new SshPublicKey(words.get(0), Base64.getDecoder().decode(words.get(1)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "is no usable SSH public key of type " + words.get(0) + ": " + e.getMessage(), e);
        }
    }

    private static PublicKey keyOf(String type, byte[] blob) throws GeneralSecurityException {
        SshWire wire = new SshWire(blob);
        if (!type.equals(wire.text())) {
            throw new IllegalArgumentException("the key is of another type");
        }
        PublicKey key = switch (type) {
            case "ssh-ed25519" -> ed25519(wire.bytes());
            case "ssh-rsa" -> rsa(wire.integer(), wire.integer());
            case "ecdsa-sha2-nistp256" -> p256(wire.text(), wire.bytes());
            default ->
                throw new IllegalArgumentException(
                        "use ssh-ed25519, ssh-rsa (2048 bits or more) or ecdsa-sha2-nistp256");
        };
        wire.end();
        return key;
    }

    private static PublicKey ed25519(byte[] point) throws GeneralSecurityException {
        if (point.length != 32) {
            throw new IllegalArgumentException("an ed25519 key has 32 bytes, this one " + point.length);
        }
        byte[] encoded = Arrays.copyOf(ED25519_HEADER, ED25519_HEADER.length + point.length);
        System.arraycopy(point, 0, encoded, ED25519_HEADER.length, point.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    private static PublicKey rsa(BigInteger exponent, BigInteger modulus) throws GeneralSecurityException {
        if (modulus.bitLength() < SMALLEST_RSA) {
            throw new IllegalArgumentException(
                    "an RSA key of " + modulus.bitLength() + " bits is too short; use " + SMALLEST_RSA + " or more");
        }
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }

    private static PublicKey p256(String curve, byte[] point) throws GeneralSecurityException {
        if (!"nistp256".equals(curve) || point.length != 65 || point[0] != 4) {
            throw new IllegalArgumentException("the point is not on nistp256, uncompressed");
        }
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        ECPoint at = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(point, 1, 33)),
                new BigInteger(1, Arrays.copyOfRange(point, 33, 65)));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(at, parameters.getParameterSpec(ECParameterSpec.class)));
    }

    byte[] blob() {
        return blob.clone();
    }

    PublicKey key() {
        return key;
    }

    /** As it was written, without the comment. */
    @Override
    @JsonValue
    public String toString() {
        return type + " " + Base64.getEncoder().encodeToString(blob);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SshPublicKey that && Arrays.equals(blob, that.blob);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(blob);
    }
}
