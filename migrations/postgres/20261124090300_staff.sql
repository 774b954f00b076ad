-- Staff accounts, their sessions and their tokens.
--
-- A reader of a dump sees: who works with the survey and in which roles, when they are signed in,
-- and hashes of passwords, session ids and tokens, none of which signs anybody in.

CREATE TABLE staff (
    id            UUID    NOT NULL CONSTRAINT staff_id_key PRIMARY KEY,
    name          TEXT    COLLATE "C" NOT NULL,
    login         TEXT    COLLATE "C" NOT NULL UNIQUE,
    organisation  TEXT    COLLATE "C" NOT NULL,
    roles         JSONB   NOT NULL,
    password_hash TEXT    COLLATE "C" NOT NULL,
    disabled      BOOLEAN NOT NULL
);

CREATE TABLE sessions (
    id_hash  BYTEA       NOT NULL CONSTRAINT sessions_id_hash_key PRIMARY KEY,
    staff_id UUID        NOT NULL REFERENCES staff (id),
    started  TIMESTAMPTZ NOT NULL,
    seen     TIMESTAMPTZ NOT NULL,
    secret   BYTEA       NOT NULL
);

CREATE TABLE api_tokens (
    token_hash BYTEA       NOT NULL CONSTRAINT api_tokens_token_hash_key PRIMARY KEY,
    staff_id   UUID        NOT NULL REFERENCES staff (id),
    name       TEXT        COLLATE "C" NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
