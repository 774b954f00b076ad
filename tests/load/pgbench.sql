-- One answer-sized row a transaction: what a plain insert costs on the same server and disk.
INSERT INTO bare_inserts (id, envelope) VALUES (gen_random_uuid(), decode(repeat('5a', 96), 'hex'));
