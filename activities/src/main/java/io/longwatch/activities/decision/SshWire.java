package io.longwatch.activities.decision;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/** Reads SSH's wire encoding (RFC 4251): strings with their length ahead. */
final class SshWire {
    private final ByteBuffer rest;

    SshWire(byte[] bytes) {
        this.rest = ByteBuffer.wrap(bytes);
    }

    /** Takes the given bytes, which must come next. */
    void expect(byte[] constant) {
        if (rest.remaining() < constant.length) {
            throw new IllegalArgumentException("ends too early");
        }
        for (byte expected : constant) {
            if (rest.get() != expected) {
                throw new IllegalArgumentException("does not begin as expected");
            }
        }
    }

    int number() {
        if (rest.remaining() < Integer.BYTES) {
            throw new IllegalArgumentException("ends too early");
        }
        return rest.getInt();
    }

    byte[] bytes() {
        int length = number();
        if (length < 0 || length > rest.remaining()) {
            throw new IllegalArgumentException("ends too early");
        }
        byte[] bytes = new byte[length];
        rest.get(bytes);
        return bytes;
    }

    String text() {
        return new String(bytes(), US_ASCII);
    }

    BigInteger integer() {
        byte[] bytes = bytes();
        return bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
    }

    void end() {
        if (rest.hasRemaining()) {
            throw new IllegalArgumentException("has " + rest.remaining() + " bytes too many");
        }
    }

    /** Strings as they stand on the wire, one after another. */
    static byte[] strings(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
