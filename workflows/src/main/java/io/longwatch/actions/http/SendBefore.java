package io.longwatch.actions.http;

import io.longwatch.contract.Field;
import java.util.List;

/** What {@code http.send} is about to send, recorded before anything is. */
public record SendBefore(
        @Field(
                value = "Each request as method, address and case name",
                example = "['oura: POST https://api.auren.health/webhooks/oura']")
        List<String> requests,

        @Field(
                value = "SHA-256 over methods, addresses, headers and bodies, without secrets",
                example = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String digest) {
    public SendBefore {
        requests = List.copyOf(requests);
    }
}
