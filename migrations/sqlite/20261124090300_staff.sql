-- Staff accounts, their sessions and their tokens.
--
-- A reader of a dump sees: who works with the survey and in which roles, when they are signed in,
-- and hashes of passwords, session ids and tokens, none of which signs anybody in.

CREATE TABLE staff (
    id            BLOB    NOT NULL PRIMARY KEY,
    name          TEXT    NOT NULL,
    login         TEXT    NOT NULL UNIQUE,
    organisation  TEXT    NOT NULL,
    roles         TEXT    NOT NULL,
    password_hash TEXT    NOT NULL,
    disabled      INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
    id_hash  BLOB NOT NULL PRIMARY KEY,
    staff_id BLOB NOT NULL REFERENCES staff (id),
    started  TEXT NOT NULL,
    seen     TEXT NOT NULL,
    secret   BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE api_tokens (
    token_hash BLOB NOT NULL PRIMARY KEY,
    staff_id   BLOB NOT NULL REFERENCES staff (id),
    name       TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
