-- Opened responses and what is made of them.
--
-- A reader of a dump sees: answer sheets under random keys, all written by one transaction in random
-- order, without time, code or invitation; counts of invited and used codes by area and mode; and
-- the releases. Unpublished estimates and the ledger are for staff only.

CREATE TABLE responses (
    round_id BLOB NOT NULL,
    id       BLOB NOT NULL,
    sheet    BLOB NOT NULL,
    PRIMARY KEY (round_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE turnout (
    round_id  BLOB    NOT NULL REFERENCES rounds (id),
    area_code TEXT    NOT NULL,
    mode      TEXT    NOT NULL,
    sampled   INTEGER NOT NULL,
    used      INTEGER NOT NULL,
    PRIMARY KEY (round_id, area_code, mode)
) STRICT;

CREATE TABLE releases (
    id               TEXT    NOT NULL PRIMARY KEY,
    round_id         BLOB    NOT NULL REFERENCES rounds (id),
    number           INTEGER NOT NULL,
    period           TEXT    NOT NULL,
    questionnaire_id TEXT    NOT NULL,
    hash             BLOB    NOT NULL,
    bytes            BLOB    NOT NULL,
    created_at       TEXT    NOT NULL,
    supersedes       TEXT    UNIQUE REFERENCES releases (id),
    reason           TEXT,
    UNIQUE (round_id, number)
) STRICT;

CREATE TABLE estimates_internal (
    release_id TEXT NOT NULL PRIMARY KEY REFERENCES releases (id),
    document   BLOB NOT NULL
) STRICT;

CREATE TABLE ledger (
    release_id TEXT NOT NULL PRIMARY KEY REFERENCES releases (id),
    document   BLOB NOT NULL
) STRICT;
