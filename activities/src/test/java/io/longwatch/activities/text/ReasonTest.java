package io.longwatch.activities.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.longwatch.activities.connection.FreePort;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.Test;

final class ReasonTest {
    @Test
    void aNameWithoutAnAddressIsSaidToBeThat() {
        // When
        String ofTheClient = Reason.of(
                new ConnectException().initCause(new ConnectException().initCause(new UnresolvedAddressException())));
        String ofASocket = Reason.of(new IOException("failed", new UnknownHostException("nowhere.invalid")));

        // Then
        assertThat(ofTheClient).isEqualTo("the host's name cannot be resolved");
        assertThat(ofASocket).isEqualTo("the host's name cannot be resolved: nowhere.invalid");
    }

    @Test
    void aPortOnWhichNothingListensIsSaidToBeThat() throws IOException {
        // Given
        int port = FreePort.find();

        // When
        Throwable bySocket = catchThrowable(() -> new Socket("127.0.0.1", port).close());
        Throwable byClient = catchThrowable(() -> HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                .build(),
                        BodyHandlers.discarding()));

        // Then
        assertThat(Reason.of(bySocket)).isEqualTo("nothing listens there");
        assertThat(Reason.of(byClient)).isEqualTo("nothing listens there");
    }

    @Test
    void whatSaysNothingIsCalledByItsName() {
        // When
        String silent = Reason.of(new EOFException());
        String said = Reason.of(new EOFException("half a line"));

        // Then
        assertThat(silent).isEqualTo("EOFException");
        assertThat(said).isEqualTo("half a line");
    }
}
