package io.longwatch.activities.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "https://ann:s3 cret@host/a b, https://…@host/a b",
        "https://ann:s3/cr@et@host, https://…@host",
        "ann:s3cret@host, …@host",
        "https://host/a b, https://host/a b"
    })
    void aTextThatIsNoAddressIsShownWithoutWhatMayBeAPassword(String text, String shown) {
        // When / Then
        assertThat(Addresses.shown(text)).isEqualTo(shown);
    }
}
