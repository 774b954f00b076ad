-- Invitations, drafts, keys and sealed envelopes: the tables that a respondent's act touches.
--
-- A reader of a dump taken while a round is open sees: which letters' codes have been used and in
-- what mode, how many drafts lie about and in which hour each dies, and rows of equally long
-- ciphertext in bags (which were committed together, not in what order). No answer, no plain code,
-- no name or address, no instant. After the opening all of it is gone, except the public key.
--
-- No created_at, no sequence, no trigger and no foreign key (which is a trigger too); every key is
-- random or a hash, and WITHOUT ROWID leaves no hidden number that grows with arrival.

CREATE TABLE invitations (
    round_id  BLOB    NOT NULL,
    id        BLOB    NOT NULL,
    letter_no TEXT    NOT NULL,
    area_code TEXT    NOT NULL,
    used      INTEGER NOT NULL,
    mode      TEXT,
    PRIMARY KEY (round_id, id),
    UNIQUE (round_id, letter_no),
    CONSTRAINT invitations_mode_check CHECK ((mode IS NOT NULL) = used)
) STRICT, WITHOUT ROWID;

CREATE TABLE invitation_codes (
    round_id      BLOB NOT NULL,
    code_hash     BLOB NOT NULL,
    invitation_id BLOB NOT NULL,
    PRIMARY KEY (round_id, code_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts (
    id        BLOB    NOT NULL PRIMARY KEY,
    round_id  BLOB    NOT NULL,
    dies_hour INTEGER NOT NULL,
    sealed    BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE round_keys (
    round_id   BLOB    NOT NULL PRIMARY KEY,
    public_key BLOB    NOT NULL,
    needed     INTEGER NOT NULL,
    holders    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE key_shares (
    round_id BLOB    NOT NULL,
    holder   INTEGER NOT NULL,
    label    TEXT    NOT NULL,
    salt     BLOB    NOT NULL,
    sealed   BLOB    NOT NULL,
    PRIMARY KEY (round_id, holder)
) STRICT, WITHOUT ROWID;

CREATE TABLE bags (
    round_id      BLOB NOT NULL,
    id            BLOB NOT NULL,
    encapsulation BLOB NOT NULL,
    PRIMARY KEY (round_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE envelopes (
    round_id        BLOB    NOT NULL,
    submission_hash BLOB    NOT NULL,
    bag_id          BLOB    NOT NULL,
    position        INTEGER NOT NULL,
    envelope        BLOB    NOT NULL,
    PRIMARY KEY (round_id, submission_hash)
) STRICT, WITHOUT ROWID;
