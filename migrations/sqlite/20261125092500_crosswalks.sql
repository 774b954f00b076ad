-- How the districts of one area set lie in those of another. Every import is a new revision; rows are
-- only added.
--
-- A reader of a dump sees: how many people live in which part of which district, and when staff
-- imported it. Nothing of respondents.

CREATE TABLE crosswalks (
    from_id      TEXT    NOT NULL,
    from_version TEXT    NOT NULL,
    to_id        TEXT    NOT NULL,
    to_version   TEXT    NOT NULL,
    revision     INTEGER NOT NULL,
    document     TEXT    NOT NULL,
    imported_at  TEXT    NOT NULL,
    PRIMARY KEY (from_id, from_version, to_id, to_version, revision),
    FOREIGN KEY (from_id, from_version) REFERENCES area_sets (id, version),
    FOREIGN KEY (to_id, to_version) REFERENCES area_sets (id, version)
) STRICT;
