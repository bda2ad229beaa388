CREATE TABLE biometric_events (
    id           bigserial   PRIMARY KEY,
    user_id      text        NOT NULL,
    source       text        NOT NULL,
    event_type   text        NOT NULL,
    payload      jsonb       NOT NULL,
    received_at  timestamptz NOT NULL DEFAULT now(),
    published_at timestamptz
);

CREATE TABLE user_oauth_tokens (
    user_id       text        NOT NULL,
    provider      text        NOT NULL,
    access_token  bytea       NOT NULL,
    refresh_token bytea,
    expires_at    timestamptz,
    PRIMARY KEY (user_id, provider)
);
