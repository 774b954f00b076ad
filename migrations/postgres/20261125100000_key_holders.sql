-- Key sheets of several holders, and the state of an opening that is under way.
--
-- A reader of a dump sees: which holder of a round has taken, typed back, tried and destroyed the
-- sheet, and under which account; the public half of each sheet's key; and while an opening runs,
-- who asked for it, until when it lasts, whose shares have been given, and how many envelopes could
-- not be read. The shares are sealed to a key that is nowhere but in one process's memory.

CREATE TABLE holder_sheets (
    round_id   UUID    NOT NULL REFERENCES rounds (id),
    holder     BIGINT  NOT NULL,
    staff_id   UUID    REFERENCES staff (id),
    public_key BYTEA   NOT NULL,
    confirmed  BOOLEAN NOT NULL,
    rehearsed  BOOLEAN NOT NULL,
    destroyed  BOOLEAN NOT NULL,
    CONSTRAINT holder_sheets_round_id_holder_key PRIMARY KEY (round_id, holder)
);

CREATE TABLE openings (
    round_id   UUID        NOT NULL CONSTRAINT openings_round_id_key PRIMARY KEY REFERENCES rounds (id),
    asked_by   UUID        REFERENCES staff (id),
    public_key BYTEA,
    ends_at    TIMESTAMPTZ NOT NULL,
    unreadable BIGINT,
    aside_by   UUID        REFERENCES staff (id),
    aside      BIGINT
);

CREATE TABLE opening_shares (
    round_id UUID   NOT NULL,
    holder   BIGINT NOT NULL,
    sealed   BYTEA  NOT NULL,
    CONSTRAINT opening_shares_round_id_holder_key PRIMARY KEY (round_id, holder)
);
ALTER TABLE opening_shares
    ALTER COLUMN round_id SET STATISTICS 0,
    ALTER COLUMN holder SET STATISTICS 0,
    ALTER COLUMN sealed SET STATISTICS 0;
