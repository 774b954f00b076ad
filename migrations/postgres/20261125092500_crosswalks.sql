-- How the districts of one area set lie in those of another. Every import is a new revision; rows are
-- only added.
--
-- A reader of a dump sees: how many people live in which part of which district, and when staff
-- imported it. Nothing of respondents.

CREATE TABLE crosswalks (
    from_id      TEXT        COLLATE "C" NOT NULL,
    from_version TEXT        COLLATE "C" NOT NULL,
    to_id        TEXT        COLLATE "C" NOT NULL,
    to_version   TEXT        COLLATE "C" NOT NULL,
    revision     BIGINT      NOT NULL,
    document     JSONB       NOT NULL,
    imported_at  TIMESTAMPTZ NOT NULL,
    CONSTRAINT crosswalks_from_id_from_version_to_id_to_version_revision_key
        PRIMARY KEY (from_id, from_version, to_id, to_version, revision),
    FOREIGN KEY (from_id, from_version) REFERENCES area_sets (id, version),
    FOREIGN KEY (to_id, to_version) REFERENCES area_sets (id, version)
);
