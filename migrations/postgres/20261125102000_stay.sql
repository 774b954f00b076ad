-- Challenges of the open link that were answered: each begins one answer.
--
-- A reader of a dump taken while a round is open sees: how many have begun by the open link of late, and
-- in which hour each row dies (within two hours). The salts are random and stand nowhere else: nothing
-- leads from one to a draft, an envelope or a person, but that a draft begun in the same transaction has
-- the same xmin until it is saved again; the draft is sealed. After the opening all of it is gone.

CREATE TABLE spent_challenges (
    round_id  UUID   NOT NULL,
    salt      BYTEA  NOT NULL,
    dies_hour BIGINT NOT NULL,
    CONSTRAINT spent_challenges_round_id_salt_key PRIMARY KEY (round_id, salt)
);
ALTER TABLE spent_challenges
    ALTER COLUMN round_id SET STATISTICS 0,
    ALTER COLUMN salt SET STATISTICS 0,
    ALTER COLUMN dies_hour SET STATISTICS 0;
