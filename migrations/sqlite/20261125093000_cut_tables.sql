-- Cut tables of step indices, as their owner handed them over.
--
-- A reader of a dump sees: from which percentages on a share gives how many points, and when staff
-- imported the table. Nothing of respondents.

CREATE TABLE cut_tables (
    id               TEXT NOT NULL PRIMARY KEY,
    questionnaire_id TEXT NOT NULL,
    document         TEXT NOT NULL,
    sha256           BLOB NOT NULL,
    imported_at      TEXT NOT NULL
) STRICT;
