-- Letter runs: that codes were drawn and written for a round's letters, and then for its reminders.
--
-- A reader of a dump sees: when staff made each run and how many letters it had (of a reminder: how many
-- had not answered by then). No letter, no code and nobody's name; the opening deletes the rows.

CREATE TABLE letter_runs (
    round_id UUID        NOT NULL REFERENCES rounds (id),
    number   BIGINT      NOT NULL,
    letters  BIGINT      NOT NULL,
    made_at  TIMESTAMPTZ NOT NULL,
    CONSTRAINT letter_runs_round_id_number_key PRIMARY KEY (round_id, number)
);
