-- What staff make before anybody answers: questionnaires, areas, populations, rounds, imports.
--
-- A reader of a dump sees: every published question, which rounds exist and their stage, how many
-- people live and were sampled where, and when staff published or imported. Nothing of respondents.
--
-- Here and in the files that follow: text is compared byte by byte (COLLATE "C"), as the embedded
-- database does, and a key is named table_columns_key, which is how the embedded database's own
-- message is read too.

CREATE TABLE installation (
    single     BIGINT      NOT NULL CONSTRAINT installation_single_key PRIMARY KEY CHECK (single = 1),
    kind       TEXT        COLLATE "C" NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE questionnaires (
    id           TEXT        COLLATE "C" NOT NULL,
    version      TEXT        COLLATE "C" NOT NULL,
    hash         BYTEA       NOT NULL,
    definition   JSONB       NOT NULL,
    published_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT questionnaires_id_version_key PRIMARY KEY (id, version)
);

CREATE TABLE area_sets (
    id       TEXT  COLLATE "C" NOT NULL,
    version  TEXT  COLLATE "C" NOT NULL,
    document JSONB NOT NULL,
    CONSTRAINT area_sets_id_version_key PRIMARY KEY (id, version)
);

CREATE TABLE populations (
    id             UUID        NOT NULL CONSTRAINT populations_id_key PRIMARY KEY,
    document       JSONB       NOT NULL,
    sha256         BYTEA       NOT NULL,
    reference_date DATE        NOT NULL,
    source         TEXT        COLLATE "C" NOT NULL,
    imported_at    TIMESTAMPTZ NOT NULL
);

CREATE TABLE rounds (
    id          UUID   NOT NULL CONSTRAINT rounds_id_key PRIMARY KEY,
    slug        TEXT   COLLATE "C" NOT NULL UNIQUE,
    stage       TEXT   COLLATE "C" NOT NULL,
    document    JSONB  NOT NULL,
    row_version BIGINT NOT NULL
);

CREATE TABLE samples (
    round_id  UUID   NOT NULL REFERENCES rounds (id),
    area_code TEXT   COLLATE "C" NOT NULL,
    sampled   BIGINT NOT NULL,
    CONSTRAINT samples_round_id_area_code_key PRIMARY KEY (round_id, area_code)
);

CREATE TABLE history (
    id          UUID        NOT NULL CONSTRAINT history_id_key PRIMARY KEY,
    document    JSONB       NOT NULL,
    sha256      BYTEA       NOT NULL UNIQUE,
    source      TEXT        COLLATE "C" NOT NULL,
    imported_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE imports (
    id          UUID        NOT NULL CONSTRAINT imports_id_key PRIMARY KEY,
    sha256      BYTEA       NOT NULL,
    kind        TEXT        COLLATE "C" NOT NULL,
    round_id    UUID        REFERENCES rounds (id),
    row_count   BIGINT      NOT NULL,
    imported_at TIMESTAMPTZ NOT NULL
);
