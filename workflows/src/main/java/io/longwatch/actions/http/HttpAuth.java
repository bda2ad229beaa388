package io.longwatch.actions.http;

import io.longwatch.contract.Field;
import io.longwatch.contract.SecretName;
import org.jspecify.annotations.Nullable;

/** Who the sender is: exactly one of a bearer token, a header that holds a secret, or nobody. */
public record HttpAuth(
        @SecretName
        @Field(value = "Name of the secret sent as 'Authorization: Bearer'", example = "HEALTHKIT_API_KEY")
        @Nullable
        String bearer,

        @Field(value = "Header that carries the secret instead, with 'secret'", example = "X-Api-Key") @Nullable
        String header,

        @SecretName @Field(value = "Name of the secret that goes into 'header'", example = "PARTNER_API_KEY") @Nullable
        String secret,

        @Field(value = "true: send no credentials, not even the connection's", example = "true") @Nullable
        Boolean none) {

    public HttpAuth {
        boolean anonymous = Boolean.TRUE.equals(none);
        int ways = (bearer == null ? 0 : 1) + (header == null && secret == null ? 0 : 1) + (anonymous ? 1 : 0);
        if (ways != 1 || (header == null) != (secret == null)) {
            throw new IllegalArgumentException("auth names one way: {bearer: SECRET_NAME},"
                    + " {header: X-Api-Key, secret: SECRET_NAME} or {none: true}; found "
                    + (ways == 0 ? "none of them" : "more than one, or a half of one"));
        }
    }

    /** The token of a secret. */
    public static HttpAuth ofBearer(String secret) {
        return new HttpAuth(secret, null, null, null);
    }
}
