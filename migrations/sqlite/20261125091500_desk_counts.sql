-- What the desk counted of sampled people who did not answer, by area. Every entry is a new version;
-- rows are only added.
--
-- A reader of a dump sees: how many sampled people of each area had died, moved or declined, who of
-- the staff entered it and when. Nothing of who they are.

CREATE TABLE desk_counts (
    round_id      BLOB    NOT NULL REFERENCES rounds (id),
    version       INTEGER NOT NULL,
    area_code     TEXT    NOT NULL,
    over_coverage INTEGER NOT NULL,
    blank         INTEGER NOT NULL,
    staff_id      BLOB    REFERENCES staff (id),
    entered_at    TEXT    NOT NULL,
    PRIMARY KEY (round_id, version, area_code)
) STRICT;
