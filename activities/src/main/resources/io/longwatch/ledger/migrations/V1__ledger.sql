-- The ledger of releases. A later migration only adds: workers of two versions write it side by side during an upgrade.
-- What belongs to a release names it without a foreign key, since rows arrive in any order.

CREATE TABLE release (
    id            text PRIMARY KEY,
    service       text NOT NULL,
    environment   text NOT NULL,
    title         text NOT NULL,
    state         text NOT NULL,
    reason        text,
    requester     text NOT NULL,
    plan_digest   text NOT NULL,
    requested_at  timestamptz NOT NULL,
    started_at    timestamptz NOT NULL,
    deploy_at     timestamptz NOT NULL,
    deployed_at   timestamptz,
    ended_at      timestamptz,
    workflow_id   text NOT NULL,
    run_id        text NOT NULL,
    page          bigint NOT NULL,
    request       json NOT NULL,
    record        json NOT NULL,
    record_sha256 text NOT NULL,
    written_at    timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE release IS 'A release as it stood when its last page was written; request and record hold all of it';
COMMENT ON COLUMN release.record IS 'As text, byte for byte, so that record_sha256 can be checked; cast to jsonb to query it';
COMMENT ON COLUMN release.page IS 'Order of that page, the workflow''s time in ms; an older page never replaces a newer one';
CREATE INDEX release_by_line ON release (service, environment, started_at DESC);

CREATE TABLE step (
    release_id text NOT NULL,
    id         text NOT NULL,
    phase      text NOT NULL,
    place      integer NOT NULL,
    title      text NOT NULL,
    uses       text NOT NULL,
    state      text NOT NULL,
    attempts   integer NOT NULL,
    started_at timestamptz,
    ended_at   timestamptz,
    summary    text,
    problem    text,
    person     text,
    evidence   text,
    boxes      integer[] NOT NULL,
    PRIMARY KEY (release_id, id)
);
COMMENT ON TABLE step IS 'Steps, gates, items, sign-offs and the steps of a rollback, in their order';

CREATE TABLE effect (
    release_id  text NOT NULL,
    step_id     text NOT NULL,
    action      text NOT NULL,
    undo        text NOT NULL,
    state       text NOT NULL,
    recorded_at timestamptz NOT NULL,
    ended_at    timestamptz,
    summary     text,
    PRIMARY KEY (release_id, step_id)
);
COMMENT ON TABLE effect IS 'What a release changed and what became of it';

CREATE TABLE decision (
    release_id text NOT NULL,
    id         text NOT NULL,
    subject    text NOT NULL,
    verb       text NOT NULL,
    who        text NOT NULL,
    channel    text NOT NULL,
    digest     text,
    decided_at timestamptz,
    reason     text,
    evidence   text,
    argument   text,
    proof      text,
    authentic  boolean,
    person     text,
    roles      text[] NOT NULL DEFAULT '{}',
    trust      text,
    arrived_at timestamptz,
    accepted   boolean,
    message    text,
    PRIMARY KEY (release_id, id)
);
COMMENT ON TABLE decision IS 'What people decided; accepted is null until the release has said what follows';

CREATE TABLE soak_window (
    release_id  text NOT NULL,
    id          text NOT NULL,
    title       text NOT NULL,
    starts_at   timestamptz,
    ends_at     timestamptz,
    verdict     text,
    person      text,
    reason      text,
    looks       integer,
    back_filled integer,
    missed      integer,
    uncovered   interval,
    PRIMARY KEY (release_id, id)
);

CREATE TABLE soak_sample (
    release_id  text NOT NULL,
    window_id   text NOT NULL,
    check_id    text NOT NULL,
    due_at      timestamptz NOT NULL,
    outcome     text NOT NULL,
    figure      double precision,
    message     text,
    back_filled boolean NOT NULL,
    PRIMARY KEY (release_id, window_id, check_id, due_at)
);
COMMENT ON TABLE soak_sample IS 'What each check of a soak window saw at each look';

CREATE TABLE evidence (
    sha256     text PRIMARY KEY,
    media_type text NOT NULL,
    content    bytea NOT NULL,
    stored_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE evidence IS 'Content by its digest, stored once however often it was seen';

CREATE TABLE step_evidence (
    release_id text NOT NULL,
    step_id    text NOT NULL,
    activity   text NOT NULL,
    sha256     text NOT NULL REFERENCES evidence,
    seen_at    timestamptz NOT NULL,
    PRIMARY KEY (release_id, step_id, activity, sha256)
);
COMMENT ON TABLE step_evidence IS 'Which activity of a step saw what; every distinct result, also those of former attempts';
