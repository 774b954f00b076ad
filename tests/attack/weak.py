"""Stores that are weak in one way each, to prove that the attacker finds what there is to find. Written here with
schemas of their own: the service has no switch that weakens it. Each store says what it is, by which way everybody
in it is to be linked, and how many; a last one has no weakness, and there the attacker must fail."""

import hashlib
import hmac
import random
import sqlite3
import uuid

import loot
import seals

ROUND = bytes(range(16))
# A column's statistics keep 100 common values or 101 bounds of a histogram (PostgreSQL's default target).
SAMPLED = 100


class Store:
    """A database that a weak writer fills, as `loot.Target` takes it."""

    def __init__(self, folder, postgres=None):
        self.folder = folder
        folder.mkdir()
        self.engine = "postgresql" if postgres else "sqlite"
        self.script, self.connection = [], None
        if postgres:
            self.database = "weak_" + uuid.uuid4().hex
            loot.psql(postgres, f"CREATE DATABASE {self.database}")
            # Each store is to be caught by its own weakness, not by the statements that the server notes down.
            for setting in ("log_min_duration_statement = -1", "synchronous_commit = off"):
                loot.psql(postgres, f"ALTER DATABASE {self.database} SET {setting}")
            self.target = loot.Target(folder / "loot", url=postgres.rpartition("/")[0] + "/" + self.database)
        else:
            self.connection = sqlite3.connect(folder / "weak.db", isolation_level=None)
            for pragma in ("journal_mode = WAL", "synchronous = OFF", "secure_delete = OFF"):
                self.connection.execute(f"PRAGMA {pragma}")
            self.target = loot.Target(folder / "loot", file=folder / "weak.db")

    def run(self, *statements):
        """Statements one by one, outside any transaction."""
        self.flush()
        for statement in filter(None, statements):
            if self.connection:
                self.connection.execute(statement)
            else:
                loot.psql(self.target.url, statement)

    def commit(self, *rows):
        """One transaction that inserts rows: a table and its values each."""
        self.script.append("BEGIN;")
        for table, *values in rows:
            self.script.append(f"INSERT INTO {table} VALUES ({', '.join(map(self.literal, values))});")
        self.script.append("COMMIT;")

    def literal(self, found):
        if isinstance(found, bytes):
            return f"X'{found.hex()}'" if self.connection else f"'\\x{found.hex()}'"
        return str(found) if isinstance(found, int) else f"'{found}'"

    def flush(self):
        script, self.script = "\n".join(self.script), []
        if self.connection:
            self.connection.executescript(script)
        elif script:
            loot.psql(self.target.url, script)

    def copy(self, name):
        self.flush()
        return self.target.copy(name)

    def rewrite(self, *tables):
        """What becomes of tables after an opening that forgets nothing."""
        if self.connection:
            self.run("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            self.run(*(f"VACUUM FULL {table}" for table in tables), "CHECKPOINT")

    def close(self, postgres):
        if self.connection:
            self.connection.close()
        else:
            loot.psql(postgres, f"DROP DATABASE {self.database}")


def letters_only(store, persons):
    """The used letters, in another order than that of arrival."""
    store.run("CREATE TABLE letters (code TEXT PRIMARY KEY)" + (" WITHOUT ROWID" if store.connection else ""))
    store.commit(*(("letters", person.code) for person in shuffled(persons)))


def shuffled(persons):
    mixed = list(persons)
    random.Random(5).shuffle(mixed)
    return mixed


def new_id():
    return uuid.uuid4().bytes


def blob(store):
    return "BLOB" if store.connection else "BYTEA"


def serial_number(store, persons, _keys):
    serial = "INTEGER PRIMARY KEY AUTOINCREMENT" if store.connection else "SERIAL PRIMARY KEY"
    columns = "(sheet)"
    store.run("CREATE TABLE letters (code TEXT)", f"CREATE TABLE answers (id {serial}, sheet {blob(store)})")
    for person in persons:
        store.commit(("letters", person.code), (f"answers {columns}", person.sheet))
    return [store.copy("opened")]


def same_transaction(store, persons, _keys):
    for table, column in (("letters", "code TEXT PRIMARY KEY"), ("answers", "id BYTEA PRIMARY KEY, sheet BYTEA")):
        store.run(f"CREATE TABLE {table} ({column})")
    for person in persons:
        store.commit(("letters", person.code), ("answers", new_id(), person.sheet))
    # In the order of random keys, each row with the transaction that once wrote it.
    store.run(*(f"CLUSTER {table} USING {table}_pkey" for table in ("letters", "answers")))
    store.run("VACUUM (FULL, FREEZE) answers")
    return [store.copy("opened")]


def order_of_rows(store, persons, _keys):
    letters_only(store, persons)
    store.run(f"CREATE TABLE answers (id {blob(store)} PRIMARY KEY, sheet {blob(store)})")
    store.commit(*(("answers", new_id(), person.sheet) for person in persons))
    return [store.copy("opened")]


def time_of_receipt(store, persons, _keys):
    letters_only(store, persons)
    store.run(f"CREATE TABLE answers (id {blob(store)} PRIMARY KEY, received BIGINT, sheet {blob(store)})")
    received = {person.number: 1_790_000_000_000 + 977 * person.number for person in persons}
    store.commit(*(("answers", new_id(), received[person.number], person.sheet) for person in shuffled(persons)))
    return [store.copy("opened")]


def hash_of_code(store, persons, _keys):
    letters_only(store, persons)
    store.run(f"CREATE TABLE answers (id {blob(store)} PRIMARY KEY, sheet {blob(store)})")
    pseudonym = {person.number: hashlib.sha256(person.code.encode()).digest()[:16] for person in persons}
    store.commit(*(("answers", pseudonym[person.number], person.sheet) for person in shuffled(persons)))
    return [store.copy("opened")]


def keyed_hash_of_code(store, persons, keys):
    letters_only(store, persons)
    store.run(f"CREATE TABLE answers (id {blob(store)} PRIMARY KEY, sheet {blob(store)})")
    pseudonym = {person.number: hmac.digest(keys[0], person.code.encode(), "sha256") for person in persons}
    store.commit(*(("answers", pseudonym[person.number], person.sheet) for person in shuffled(persons)))
    return [store.copy("opened")]


def opened_from(store, persons, name):
    """A table of answers under random ids in random order, as an opening makes it."""
    hidden = " WITHOUT ROWID" if store.connection else ""
    store.run(f"CREATE TABLE {name} (id {blob(store)} PRIMARY KEY, sheet {blob(store)}){hidden}")
    store.commit(*((name, new_id(), person.sheet) for person in shuffled(persons)))


def deleted_in_log(store, persons, _keys):
    store.run("PRAGMA wal_autocheckpoint = 0" if store.connection else None)
    store.run(f"CREATE TABLE received (code TEXT, sheet {blob(store)})")
    for person in persons:
        store.commit(("received", person.code, person.sheet))
    opened_from(store, persons, "answers")
    store.run("DELETE FROM received")
    if store.connection is None:
        store.rewrite("received", "answers")
    return [store.copy("opened")]


def deleted_in_file(store, persons, _keys):
    keep = "" if store.connection else " WITH (autovacuum_enabled = off)"
    store.run(f"CREATE TABLE received (code TEXT, sheet {blob(store)}){keep}")
    for person in persons:
        store.commit(("received", person.code, person.sheet))
    opened_from(store, persons, "answers")
    store.run("DELETE FROM received", "PRAGMA wal_checkpoint(TRUNCATE)" if store.connection else "CHECKPOINT")
    return [store.copy("opened")]


def sampled_in_statistics(store, persons, _keys):
    store.run("CREATE TABLE received (both_in_one BYTEA)")
    for person in persons:
        store.commit(("received", person.code.encode() + person.sheet))
    opened_from(store, persons, "answers")
    store.run("ANALYZE received", "DELETE FROM received", "VACUUM FULL received", "CHECKPOINT")
    return [store.copy("opened")]


def lengths_of_seals(store, persons, _keys):
    store.run(f"CREATE TABLE sealed (code TEXT, seal {blob(store)})")
    lost = hashlib.sha256(b"a key that nobody has").digest()
    longer = {person.number: person.sheet + b"a" * (37 * person.number % len(persons)) for person in persons}
    for person in persons:
        store.commit(("sealed", person.code, seals.gcm(lost, bytes(12), b"", longer[person.number])))
    before = store.copy("middle")
    store.run(f"CREATE TABLE answers (id {blob(store)} PRIMARY KEY, sheet {blob(store)})", "DROP TABLE sealed")
    store.commit(*(("answers", new_id(), longer[person.number]) for person in shuffled(persons)))
    store.flush()
    store.rewrite("answers")
    return [before, store.copy("opened")]


def copies_between(store, persons, _keys):
    for columns in ("letters (code TEXT PRIMARY KEY)", "answers (id BLOB PRIMARY KEY, sheet BLOB)"):
        store.run(f"CREATE TABLE {columns} WITHOUT ROWID")
    copies = []
    for person in persons:
        store.commit(("letters", person.code))
        store.commit(("answers", new_id(), person.sheet))
        copies.append(store.copy(f"copy {len(copies)}"))
    return copies


def told_in_a_log(store, persons, _keys):
    with (store.folder / "service.log").open("w") as log:
        for person in persons:
            log.write(f"POST /answers?code={person.code} {person.sheet.hex()} 201\n")
    letters_only(store, persons)
    opened_from(store, persons, "answers")
    return [store.copy("opened")]


def nothing(store, persons, _keys):
    store.run(f"CREATE TABLE received (code TEXT, seal {blob(store)})")
    lost = hashlib.sha256(b"a key that nobody has").digest()
    for person in persons:
        store.commit(("received", person.code, seals.gcm(lost, person.number.to_bytes(12, "big"), b"", person.sheet)))
    before = store.copy("middle")
    opened_from(store, persons, "answers")
    store.run("DROP TABLE received")
    store.rewrite("answers")
    return [before, store.copy("opened")]


BOTH, FILE, SERVER = ("sqlite", "postgresql"), ("sqlite",), ("postgresql",)
ALL, NOBODY = 1.0, 0.0
# Writer, what is weak, engines, part of the way that is to find them, share to be linked, most people.
STORES = [
    (serial_number, "plain tables, a serial number", BOTH, "same rank", ALL),
    (same_transaction, "no key in common, one transaction an answer", SERVER, "xmin", ALL),
    (order_of_rows, "random ids, rows in order of arrival", BOTH, "same rank", ALL),
    (time_of_receipt, "shuffled, but with the time of receipt", FILE, "answers.received", ALL),
    (hash_of_code, "the hash of the code as a pseudonym", FILE, "hash of code", ALL),
    (keyed_hash_of_code, "the keyed hash of the code as a pseudonym", FILE, "hash of code", ALL),
    (lengths_of_seals, "sealed and shuffled, but as long as the answer", FILE, "length of seal", ALL),
    (deleted_in_log, "deleted rows left in the log", BOTH, "side by side in log", ALL),
    (deleted_in_file, "deleted rows left in the file", BOTH, "side by side in main file", ALL),
    (sampled_in_statistics, "deleted rows left in pg_statistic", SERVER, "side by side in statistics", SAMPLED),
    (told_in_a_log, "the service's log names code and answers", FILE, "side by side in folder", ALL),
    (copies_between, "a copy after every answer", FILE, "seen in copy", ALL),
    (nothing, "sealed, equally long, shuffled, rewritten", BOTH, "", NOBODY),
]
# Each copy is compared with each other: fewer people are enough there.
FEW = {copies_between: 50}


def sealed_under_keys_at_hand(persons, service_secret, pepper):
    """Envelopes under a key that the service secret gives, and drafts under one that the pepper gives."""
    bag = seals.hkdf(service_secret, b"trygg/envelope/1" + ROUND, 32)
    draft = seals.hkdf(pepper, seals.DRAFT_KEY + ROUND, 32)
    envelopes, drafts = [], []
    for person in persons:
        name = hashlib.sha256(person.code.encode()).digest()
        nonce = person.number.to_bytes(12, "big")
        seal = seals.gcm(bag, nonce, name, person.sheet)
        envelopes.append({"submission_hash": name, "position": person.number, "envelope": seal})
        seal = nonce + seals.gcm(draft, nonce, name[:16] + ROUND, person.sheet)
        drafts.append({"id": name[:16], "round_id": ROUND, "sealed": seal})
    return envelopes, drafts
