-- Candidates: frozen figures that wait until every organisation has signed them off, what they were
-- composed of (kept for ever, so that a release can be recomputed), and who signed or refused.
--
-- A reader of a dump sees: rounded figures of a candidate that may not be public yet, the unrounded
-- estimates and the ledger's entry behind it (all three are gone when it is signed, refused or
-- overtaken), when it was composed and by whom, and which members of staff signed or refused, when
-- and why. No response and nothing that leads to one.

CREATE TABLE candidates (
    id               TEXT NOT NULL PRIMARY KEY,
    round_id         BLOB NOT NULL REFERENCES rounds (id),
    questionnaire_id TEXT NOT NULL,
    body_hash        BLOB NOT NULL,
    inputs           BLOB NOT NULL,
    composed_at      TEXT NOT NULL,
    composed_by      BLOB REFERENCES staff (id),
    state            TEXT NOT NULL,
    ended_at         TEXT
) STRICT;

CREATE TABLE candidate_bodies (
    candidate_id TEXT NOT NULL PRIMARY KEY REFERENCES candidates (id),
    body         BLOB NOT NULL,
    internal     BLOB NOT NULL,
    ledger       BLOB NOT NULL
) STRICT;

CREATE TABLE sign_offs (
    candidate_id TEXT    NOT NULL REFERENCES candidates (id),
    organisation TEXT    NOT NULL,
    staff_id     BLOB    NOT NULL REFERENCES staff (id),
    role         TEXT    NOT NULL,
    signed_at    TEXT    NOT NULL,
    refusal      TEXT,
    PRIMARY KEY (candidate_id, organisation),
    UNIQUE (candidate_id, staff_id)
) STRICT;
