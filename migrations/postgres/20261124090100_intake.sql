-- Invitations, drafts, keys and sealed envelopes: the tables that a respondent's act touches.
--
-- A reader of a dump taken while a round is open sees: which letters' codes have been used and in
-- what mode, how many drafts lie about and in which hour each dies, and rows of equally long
-- ciphertext in bags (which were committed together, not in what order). No answer, no plain code,
-- no name or address, no instant. After the opening all of it is gone, except the public key.
--
-- No created_at, no sequence, no trigger and no foreign key (which is a trigger too); every key is
-- random or a hash. SET STATISTICS 0: ANALYZE would copy samples of the columns into pg_statistic,
-- where they outlive the rows.

CREATE TABLE invitations (
    round_id  UUID    NOT NULL,
    id        UUID    NOT NULL,
    letter_no TEXT    COLLATE "C" NOT NULL,
    area_code TEXT    COLLATE "C" NOT NULL,
    used      BOOLEAN NOT NULL,
    mode      TEXT    COLLATE "C",
    CONSTRAINT invitations_round_id_id_key PRIMARY KEY (round_id, id),
    UNIQUE (round_id, letter_no),
    CONSTRAINT invitations_mode_check CHECK ((mode IS NOT NULL) = used)
);
ALTER TABLE invitations
    ALTER COLUMN round_id SET STATISTICS 0,
    ALTER COLUMN id SET STATISTICS 0,
    ALTER COLUMN letter_no SET STATISTICS 0,
    ALTER COLUMN area_code SET STATISTICS 0,
    ALTER COLUMN used SET STATISTICS 0,
    ALTER COLUMN mode SET STATISTICS 0;

CREATE TABLE invitation_codes (
    round_id      UUID  NOT NULL,
    code_hash     BYTEA NOT NULL,
    invitation_id UUID  NOT NULL,
    CONSTRAINT invitation_codes_round_id_code_hash_key PRIMARY KEY (round_id, code_hash)
);
ALTER TABLE invitation_codes
    ALTER COLUMN round_id SET STATISTICS 0,
    ALTER COLUMN code_hash SET STATISTICS 0,
    ALTER COLUMN invitation_id SET STATISTICS 0;

CREATE TABLE drafts (
    id        BYTEA  NOT NULL CONSTRAINT drafts_id_key PRIMARY KEY,
    round_id  UUID   NOT NULL,
    dies_hour BIGINT NOT NULL,
    sealed    BYTEA  NOT NULL
);
ALTER TABLE drafts
    ALTER COLUMN id SET STATISTICS 0,
    ALTER COLUMN round_id SET STATISTICS 0,
    ALTER COLUMN dies_hour SET STATISTICS 0,
    ALTER COLUMN sealed SET STATISTICS 0;

CREATE TABLE round_keys (
    round_id   UUID   NOT NULL CONSTRAINT round_keys_round_id_key PRIMARY KEY,
    public_key BYTEA  NOT NULL,
    needed     BIGINT NOT NULL,
    holders    BIGINT NOT NULL
);

CREATE TABLE key_shares (
    round_id UUID   NOT NULL,
    holder   BIGINT NOT NULL,
    label    TEXT   COLLATE "C" NOT NULL,
    salt     BYTEA  NOT NULL,
    sealed   BYTEA  NOT NULL,
    CONSTRAINT key_shares_round_id_holder_key PRIMARY KEY (round_id, holder)
);
ALTER TABLE key_shares
    ALTER COLUMN round_id SET STATISTICS 0,
    ALTER COLUMN holder SET STATISTICS 0,
    ALTER COLUMN label SET STATISTICS 0,
    ALTER COLUMN salt SET STATISTICS 0,
    ALTER COLUMN sealed SET STATISTICS 0;

CREATE TABLE bags (
    round_id      UUID  NOT NULL,
    id            UUID  NOT NULL,
    encapsulation BYTEA NOT NULL,
    CONSTRAINT bags_round_id_id_key PRIMARY KEY (round_id, id)
);
ALTER TABLE bags
    ALTER COLUMN round_id SET STATISTICS 0,
    ALTER COLUMN id SET STATISTICS 0,
    ALTER COLUMN encapsulation SET STATISTICS 0;

CREATE TABLE envelopes (
    round_id        UUID   NOT NULL,
    submission_hash BYTEA  NOT NULL,
    bag_id          UUID   NOT NULL,
    position        BIGINT NOT NULL,
    envelope        BYTEA  NOT NULL,
    CONSTRAINT envelopes_round_id_submission_hash_key PRIMARY KEY (round_id, submission_hash)
);
ALTER TABLE envelopes
    ALTER COLUMN round_id SET STATISTICS 0,
    ALTER COLUMN submission_hash SET STATISTICS 0,
    ALTER COLUMN bag_id SET STATISTICS 0,
    ALTER COLUMN position SET STATISTICS 0,
    ALTER COLUMN envelope SET STATISTICS 0;
