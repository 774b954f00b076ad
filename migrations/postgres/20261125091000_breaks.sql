-- What persons say of breaks: declared, bridged, marked, taken back. Rows are only added.
--
-- A reader of a dump sees: who of the staff has said what of which rounds and printed values, when
-- and why. Nothing of respondents.

CREATE TABLE break_declarations (
    id          UUID        NOT NULL CONSTRAINT break_declarations_id_key PRIMARY KEY,
    staff_id    UUID        NOT NULL REFERENCES staff (id),
    document    JSONB       NOT NULL,
    declared_at TIMESTAMPTZ NOT NULL
);
