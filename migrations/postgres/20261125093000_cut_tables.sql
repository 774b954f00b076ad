-- Cut tables of step indices, as their owner handed them over.
--
-- A reader of a dump sees: from which percentages on a share gives how many points, and when staff
-- imported the table. Nothing of respondents.

CREATE TABLE cut_tables (
    id               TEXT        COLLATE "C" NOT NULL CONSTRAINT cut_tables_id_key PRIMARY KEY,
    questionnaire_id TEXT        COLLATE "C" NOT NULL,
    document         JSONB       NOT NULL,
    sha256           BYTEA       NOT NULL,
    imported_at      TIMESTAMPTZ NOT NULL
);
