-- What the desk counted of sampled people who did not answer, by area. Every entry is a new version;
-- rows are only added.
--
-- A reader of a dump sees: how many sampled people of each area had died, moved or declined, who of
-- the staff entered it and when. Nothing of who they are.

CREATE TABLE desk_counts (
    round_id      UUID        NOT NULL REFERENCES rounds (id),
    version       BIGINT      NOT NULL,
    area_code     TEXT        COLLATE "C" NOT NULL,
    over_coverage BIGINT      NOT NULL,
    blank         BIGINT      NOT NULL,
    staff_id      UUID        REFERENCES staff (id),
    entered_at    TIMESTAMPTZ NOT NULL,
    CONSTRAINT desk_counts_round_id_version_area_code_key PRIMARY KEY (round_id, version, area_code)
);
