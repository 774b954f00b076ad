-- Challenges of the open link that were answered: each begins one answer.
--
-- A reader of a dump taken while a round is open sees: how many have begun by the open link of late, and
-- in which hour each row dies (within two hours). The salts are random and stand nowhere else: nothing
-- leads from one to a draft, an envelope or a person. After the opening all of it is gone.

CREATE TABLE spent_challenges (
    round_id  BLOB    NOT NULL,
    salt      BLOB    NOT NULL,
    dies_hour INTEGER NOT NULL,
    PRIMARY KEY (round_id, salt)
) STRICT, WITHOUT ROWID;
