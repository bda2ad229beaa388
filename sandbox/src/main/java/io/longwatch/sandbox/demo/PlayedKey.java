package io.longwatch.sandbox.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.longwatch.activities.decision.SshPublicKey;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/** The SSH key of someone who is played: made anew, signs as ssh-keygen does, needs no OpenSSH on the machine. */
final class PlayedKey {
    private static final byte[] MAGIC = "SSHSIG".getBytes(US_ASCII);
    private static final byte[] TYPE = "ssh-ed25519".getBytes(US_ASCII);
    private static final byte[] NAMESPACE = "longwatch".getBytes(US_ASCII);
    private static final byte[] NOTHING = {};
    private static final byte[] HASH = "sha512".getBytes(US_ASCII);
    private static final byte[] VERSION = {0, 0, 0, 1};
    private static final int POINT = 32;

    private final KeyPair pair;

    PlayedKey() {
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no Ed25519", e);
        }
    }

    SshPublicKey publicKey() {
        return SshPublicKey.parse("ssh-ed25519 " + Base64.getEncoder().encodeToString(blob()));
    }

    private byte[] blob() {
        byte[] encoded = pair.getPublic().getEncoded();
        return strings(TYPE, Arrays.copyOfRange(encoded, encoded.length - POINT, encoded.length));
    }

    /** The armoured signature over a text. */
    String sign(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-512").digest(text.getBytes(UTF_8));
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(joined(MAGIC, strings(NAMESPACE, NOTHING, HASH, digest)));
            byte[] whole =
                    joined(MAGIC, VERSION, strings(blob(), NAMESPACE, NOTHING, HASH, strings(TYPE, signature.sign())));
            return "-----BEGIN SSH SIGNATURE-----\n"
                    + Base64.getMimeEncoder().encodeToString(whole)
                    + "\n-----END SSH SIGNATURE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a played key cannot sign", e);
        }
    }

    /** Strings as SSH writes them: each with its length ahead. */
    private static byte[] strings(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
