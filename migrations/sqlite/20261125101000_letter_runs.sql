-- Letter runs: that codes were drawn and written for a round's letters, and then for its reminders.
--
-- A reader of a dump sees: when staff made each run and how many letters it had (of a reminder: how many
-- had not answered by then). No letter, no code and nobody's name; the opening deletes the rows.

CREATE TABLE letter_runs (
    round_id BLOB    NOT NULL REFERENCES rounds (id),
    number   INTEGER NOT NULL,
    letters  INTEGER NOT NULL,
    made_at  TEXT    NOT NULL,
    PRIMARY KEY (round_id, number)
) STRICT, WITHOUT ROWID;
