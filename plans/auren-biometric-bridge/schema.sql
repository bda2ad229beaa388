-- Tables of the bridge. Adds what is missing and changes nothing that is there, so it may run again.

CREATE TABLE IF NOT EXISTS biometric_events (
    id           bigserial   PRIMARY KEY,
    user_id      text        NOT NULL,
    source       text        NOT NULL,
    event_type   text        NOT NULL,
    payload      jsonb       NOT NULL,
    received_at  timestamptz NOT NULL DEFAULT now(),
    -- Set once Kafka has confirmed the event; an event without it is half-written.
    published_at timestamptz
);

-- At once and without a default to write, so it holds up nobody.
ALTER TABLE biometric_events ADD COLUMN IF NOT EXISTS published_at timestamptz;

-- Inserts wait while it is built, which the migration's statement timeout bounds to seconds. A table too big for that is
-- given the index beforehand, by CREATE INDEX CONCURRENTLY, which no transaction may hold.
CREATE INDEX IF NOT EXISTS biometric_events_by_user ON biometric_events (user_id, received_at);

CREATE TABLE IF NOT EXISTS user_oauth_tokens (
    user_id       text        NOT NULL,
    provider      text        NOT NULL,
    access_token  bytea       NOT NULL,
    refresh_token bytea,
    expires_at    timestamptz,
    PRIMARY KEY (user_id, provider)
);

CREATE TABLE IF NOT EXISTS kafka_dlq (
    id        bigserial   PRIMARY KEY,
    user_id   text,
    source    text        NOT NULL,
    payload   text        NOT NULL,
    error     text        NOT NULL,
    failed_at timestamptz NOT NULL DEFAULT now()
);
