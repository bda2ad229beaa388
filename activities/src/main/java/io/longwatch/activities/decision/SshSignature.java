package io.longwatch.activities.decision;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/**
 * A signature made by {@code ssh-keygen -Y sign -n <namespace>}: the format SSHSIG, as OpenSSH's PROTOCOL.sshsig describes
 * it.
 */
final class SshSignature {
    /** Namespace of what is signed for Longwatch: a signature made for git or a mail is none here. */
    static final String NAMESPACE = "longwatch";

    private static final byte[] MAGIC = "SSHSIG".getBytes(US_ASCII);
    private static final int VERSION = 1;

    private final byte[] publicKey;
    private final String namespace;
    private final byte[] reserved;
    private final String hash;
    private final String algorithm;
    private final byte[] value;

    private SshSignature(SshWire wire) {
        wire.expect(MAGIC);
        int version = wire.number();
        if (version != VERSION) {
            throw new IllegalArgumentException("is of version " + version);
        }
        publicKey = wire.bytes();
        namespace = wire.text();
        reserved = wire.bytes();
        hash = wire.text();
        SshWire inner = new SshWire(wire.bytes());
        wire.end();
        algorithm = inner.text();
        value = inner.bytes();
        inner.end();
    }

    /**
     * Reads the armoured text.
     *
     * @throws IllegalArgumentException if it is no such signature
     */
    static SshSignature parse(String armoured) {
        String base64 = armoured.replace("-----BEGIN SSH SIGNATURE-----", "")
                .replace("-----END SSH SIGNATURE-----", "")
                .replaceAll("\\s", "");
        return new SshSignature(new SshWire(Base64.getDecoder().decode(base64)));
    }

    /** Whether the key made it over the message, in Longwatch's namespace. */
    boolean isBy(SshPublicKey key, byte[] message) {
        if (!NAMESPACE.equals(namespace) || !Arrays.equals(key.blob(), publicKey)) {
            return false;
        }
        try {
            Signature verifier = verifier(key);
            verifier.initVerify(key.key());
            verifier.update(signed(message));
            return verifier.verify("EC".equals(key.key().getAlgorithm()) ? fixedWidth(value) : value);
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            return false;
        }
    }

    private Signature verifier(SshPublicKey key) throws GeneralSecurityException {
        String ofKey = key.key().getAlgorithm();
        return switch (algorithm) {
            case "ssh-ed25519" -> Signature.getInstance("Ed25519");
            case "rsa-sha2-512" -> Signature.getInstance("SHA512withRSA");
            case "rsa-sha2-256" -> Signature.getInstance("SHA256withRSA");
            case "ecdsa-sha2-nistp256" -> Signature.getInstance("SHA256withECDSAinP1363Format");
            default ->
                throw new IllegalArgumentException(
                        "algorithm " + algorithm + " of a key " + ofKey + " is not accepted");
        };
    }

    private byte[] signed(byte[] message) throws GeneralSecurityException {
        String digest = switch (hash) {
            case "sha512" -> "SHA-512";
            case "sha256" -> "SHA-256";
            default -> throw new IllegalArgumentException("hash " + hash + " is not accepted");
        };
        var out = new ByteArrayOutputStream();
        out.writeBytes(MAGIC);
        out.writeBytes(SshWire.strings(
                namespace.getBytes(US_ASCII),
                reserved,
                hash.getBytes(US_ASCII),
                MessageDigest.getInstance(digest).digest(message)));
        return out.toByteArray();
    }

    /** SSH writes r and s as two numbers; Java reads them side by side, 32 bytes each. */
    private static byte[] fixedWidth(byte[] numbers) {
        SshWire wire = new SshWire(numbers);
        byte[] both = new byte[64];
        place(wire.integer(), both, 32);
        place(wire.integer(), both, 64);
        wire.end();
        return both;
    }

    private static void place(BigInteger number, byte[] into, int end) {
        if (number.signum() < 0 || number.bitLength() > 256) {
            throw new IllegalArgumentException("is no number of nistp256");
        }
        byte[] bytes = number.toByteArray();
        int from = Math.max(0, bytes.length - 32);
        System.arraycopy(bytes, from, into, end - (bytes.length - from), bytes.length - from);
    }
}
