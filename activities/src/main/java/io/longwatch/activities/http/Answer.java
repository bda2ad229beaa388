package io.longwatch.activities.http;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/**
 * An answer as far as it was read.
 *
 * @param status its status
 * @param headers its headers
 * @param body its body, cut at the caller's limit
 * @param cut whether there was more
 * @param millis from the request to the end of the reading
 */
@SuppressWarnings("ArrayRecordComponent")
public record Answer(int status, HttpHeaders headers, byte[] body, boolean cut, long millis) {
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public boolean successful() {
        return status >= 200 && status < 300;
    }
}
