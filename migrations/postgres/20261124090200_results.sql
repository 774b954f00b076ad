-- Opened responses and what is made of them.
--
-- A reader of a dump sees: answer sheets under random keys, all written by one transaction in random
-- order, without time, code or invitation; counts of invited and used codes by area and mode; and
-- the releases. Unpublished estimates and the ledger are for staff only.

CREATE TABLE responses (
    round_id UUID  NOT NULL,
    id       UUID  NOT NULL,
    sheet    BYTEA NOT NULL,
    CONSTRAINT responses_round_id_id_key PRIMARY KEY (round_id, id)
);
ALTER TABLE responses ALTER COLUMN sheet SET STATISTICS 0;

CREATE TABLE turnout (
    round_id  UUID   NOT NULL REFERENCES rounds (id),
    area_code TEXT   COLLATE "C" NOT NULL,
    mode      TEXT   COLLATE "C" NOT NULL,
    sampled   BIGINT NOT NULL,
    used      BIGINT NOT NULL,
    CONSTRAINT turnout_round_id_area_code_mode_key PRIMARY KEY (round_id, area_code, mode)
);

CREATE TABLE releases (
    id               TEXT        COLLATE "C" NOT NULL CONSTRAINT releases_id_key PRIMARY KEY,
    round_id         UUID        NOT NULL REFERENCES rounds (id),
    number           BIGINT      NOT NULL,
    period           TEXT        COLLATE "C" NOT NULL,
    questionnaire_id TEXT        COLLATE "C" NOT NULL,
    hash             BYTEA       NOT NULL,
    bytes            BYTEA       NOT NULL,
    created_at       TIMESTAMPTZ NOT NULL,
    supersedes       TEXT        COLLATE "C" UNIQUE REFERENCES releases (id),
    reason           TEXT        COLLATE "C",
    UNIQUE (round_id, number)
);

CREATE TABLE estimates_internal (
    release_id TEXT  COLLATE "C" NOT NULL CONSTRAINT estimates_internal_release_id_key PRIMARY KEY REFERENCES releases (id),
    document   BYTEA NOT NULL
);

CREATE TABLE ledger (
    release_id TEXT  COLLATE "C" NOT NULL CONSTRAINT ledger_release_id_key PRIMARY KEY REFERENCES releases (id),
    document   BYTEA NOT NULL
);
