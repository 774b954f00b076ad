-- Key sheets of several holders, and the state of an opening that is under way.
--
-- A reader of a dump sees: which holder of a round has taken, typed back, tried and destroyed the
-- sheet, and under which account; the public half of each sheet's key; and while an opening runs,
-- who asked for it, until when it lasts, whose shares have been given, and how many envelopes could
-- not be read. The shares are sealed to a key that is nowhere but in one process's memory.

CREATE TABLE holder_sheets (
    round_id   BLOB    NOT NULL REFERENCES rounds (id),
    holder     INTEGER NOT NULL,
    staff_id   BLOB    REFERENCES staff (id),
    public_key BLOB    NOT NULL,
    confirmed  INTEGER NOT NULL,
    rehearsed  INTEGER NOT NULL,
    destroyed  INTEGER NOT NULL,
    PRIMARY KEY (round_id, holder)
) STRICT;

CREATE TABLE openings (
    round_id   BLOB NOT NULL PRIMARY KEY REFERENCES rounds (id),
    asked_by   BLOB REFERENCES staff (id),
    public_key BLOB,
    ends_at    TEXT NOT NULL,
    unreadable INTEGER,
    aside_by   BLOB REFERENCES staff (id),
    aside      INTEGER
) STRICT;

CREATE TABLE opening_shares (
    round_id BLOB    NOT NULL,
    holder   INTEGER NOT NULL,
    sealed   BLOB    NOT NULL,
    PRIMARY KEY (round_id, holder)
) STRICT, WITHOUT ROWID;
