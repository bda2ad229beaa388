package io.longwatch.activities.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Reads all that a command prints and keeps the end of it. */
final class Tail {
    /** Bytes that the kept end may take in JSON. */
    static final int KEPT = 4096;

    private static final int READ = 4 * KEPT;
    private static final long PAUSE_MILLIS = 20;

    private final Mask mask;
    private final byte[] ring;
    private long read;

    Tail(Mask mask) {
        this.mask = mask;
        this.ring = new byte[READ + mask.longest() * 4];
    }

    /**
     * Reads until the command has ended and nothing is left of what it printed. Children that live on keep the output
     * open, and a read that waits for its end would wait as long as they live.
     */
    void follow(Process command) {
        InputStream output = command.getInputStream();
        byte[] chunk = new byte[8192];
        try {
            boolean more = true;
            while (more) {
                boolean ended = !command.isAlive();
                int ready = Math.min(output.available(), chunk.length);
                if (ready > 0) {
                    add(chunk, Math.max(0, output.read(chunk, 0, ready)));
                } else if (!ended) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
                more = ready > 0 || !ended;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            if (!"Stream closed".equals(e.getMessage())) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private synchronized void add(byte[] chunk, int length) {
        for (int i = 0; i < length; i++) {
            ring[(int) (read++ % ring.length)] = chunk[i];
        }
    }

    /** The end of what was printed until now, secrets masked, in at most 4 KiB of JSON. */
    synchronized String text() {
        boolean cut = read > ring.length;
        String text = mask.applied(new String(unrolled(), StandardCharsets.UTF_8));
        if (cut) {
            text = text.substring(Math.min(text.length(), mask.longest()));
        }
        return end(printable(text).strip());
    }

    private byte[] unrolled() {
        if (read <= ring.length) {
            return Arrays.copyOf(ring, (int) read);
        }
        int start = (int) (read % ring.length);
        byte[] all = new byte[ring.length];
        System.arraycopy(ring, start, all, 0, ring.length - start);
        System.arraycopy(ring, 0, all, ring.length - start, start);
        return all;
    }

    private static String printable(String text) {
        return text.replaceAll("\\e\\[[0-9;]*[A-Za-z]", "").replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "");
    }

    private static String end(String text) {
        int start = text.length();
        int cost = 0;
        while (start > 0) {
            char c = text.charAt(start - 1);
            cost += c == '\n' || c == '\t' || c == '"' || c == '\\' ? 2 : c < 0x80 ? 1 : 3;
            if (cost > KEPT) {
                break;
            }
            start--;
        }
        boolean halved = start < text.length() && Character.isLowSurrogate(text.charAt(start));
        return text.substring(halved ? start + 1 : start);
    }

    /** The last line that is not empty. */
    static String lastLine(String text) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second)
                .orElse("");
    }
}
