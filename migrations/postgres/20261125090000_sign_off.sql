-- Candidates: frozen figures that wait until every organisation has signed them off, what they were
-- composed of (kept for ever, so that a release can be recomputed), and who signed or refused.
--
-- A reader of a dump sees: rounded figures of a candidate that may not be public yet, the unrounded
-- estimates and the ledger's entry behind it (all three are gone when it is signed, refused or
-- overtaken), when it was composed and by whom, and which members of staff signed or refused, when
-- and why. No response and nothing that leads to one.

CREATE TABLE candidates (
    id               TEXT        COLLATE "C" NOT NULL CONSTRAINT candidates_id_key PRIMARY KEY,
    round_id         UUID        NOT NULL REFERENCES rounds (id),
    questionnaire_id TEXT        COLLATE "C" NOT NULL,
    body_hash        BYTEA       NOT NULL,
    inputs           BYTEA       NOT NULL,
    composed_at      TIMESTAMPTZ NOT NULL,
    composed_by      UUID        REFERENCES staff (id),
    state            TEXT        COLLATE "C" NOT NULL,
    ended_at         TIMESTAMPTZ
);

CREATE TABLE candidate_bodies (
    candidate_id TEXT  COLLATE "C" NOT NULL CONSTRAINT candidate_bodies_candidate_id_key PRIMARY KEY REFERENCES candidates (id),
    body         BYTEA NOT NULL,
    internal     BYTEA NOT NULL,
    ledger       BYTEA NOT NULL
);

CREATE TABLE sign_offs (
    candidate_id TEXT        COLLATE "C" NOT NULL REFERENCES candidates (id),
    organisation TEXT        COLLATE "C" NOT NULL,
    staff_id     UUID        NOT NULL REFERENCES staff (id),
    role         TEXT        COLLATE "C" NOT NULL,
    signed_at    TIMESTAMPTZ NOT NULL,
    refusal      TEXT        COLLATE "C",
    CONSTRAINT sign_offs_candidate_id_organisation_key PRIMARY KEY (candidate_id, organisation),
    UNIQUE (candidate_id, staff_id)
);
