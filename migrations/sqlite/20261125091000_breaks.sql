-- What persons say of breaks: declared, bridged, marked, taken back. Rows are only added.
--
-- A reader of a dump sees: who of the staff has said what of which rounds and printed values, when
-- and why. Nothing of respondents.

CREATE TABLE break_declarations (
    id          BLOB NOT NULL PRIMARY KEY,
    staff_id    BLOB NOT NULL REFERENCES staff (id),
    document    TEXT NOT NULL,
    declared_at TEXT NOT NULL
) STRICT;
