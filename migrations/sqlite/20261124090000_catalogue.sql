-- What staff make before anybody answers: questionnaires, areas, populations, rounds, imports.
--
-- A reader of a dump sees: every published question, which rounds exist and their stage, how many
-- people live and were sampled where, and when staff published or imported. Nothing of respondents.

CREATE TABLE installation (
    single     INTEGER NOT NULL PRIMARY KEY CHECK (single = 1),
    kind       TEXT    NOT NULL,
    created_at TEXT    NOT NULL
) STRICT;

CREATE TABLE questionnaires (
    id           TEXT NOT NULL,
    version      TEXT NOT NULL,
    hash         BLOB NOT NULL,
    definition   TEXT NOT NULL,
    published_at TEXT NOT NULL,
    PRIMARY KEY (id, version)
) STRICT;

CREATE TABLE area_sets (
    id       TEXT NOT NULL,
    version  TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (id, version)
) STRICT;

CREATE TABLE populations (
    id             BLOB NOT NULL PRIMARY KEY,
    document       TEXT NOT NULL,
    sha256         BLOB NOT NULL,
    reference_date TEXT NOT NULL,
    source         TEXT NOT NULL,
    imported_at    TEXT NOT NULL
) STRICT;

CREATE TABLE rounds (
    id          BLOB    NOT NULL PRIMARY KEY,
    slug        TEXT    NOT NULL UNIQUE,
    stage       TEXT    NOT NULL,
    document    TEXT    NOT NULL,
    row_version INTEGER NOT NULL
) STRICT;

CREATE TABLE samples (
    round_id  BLOB    NOT NULL REFERENCES rounds (id),
    area_code TEXT    NOT NULL,
    sampled   INTEGER NOT NULL,
    PRIMARY KEY (round_id, area_code)
) STRICT;

CREATE TABLE history (
    id          BLOB NOT NULL PRIMARY KEY,
    document    TEXT NOT NULL,
    sha256      BLOB NOT NULL UNIQUE,
    source      TEXT NOT NULL,
    imported_at TEXT NOT NULL
) STRICT;

CREATE TABLE imports (
    id          BLOB    NOT NULL PRIMARY KEY,
    sha256      BLOB    NOT NULL,
    kind        TEXT    NOT NULL,
    round_id    BLOB    REFERENCES rounds (id),
    row_count   INTEGER NOT NULL,
    imported_at TEXT    NOT NULL
) STRICT;
