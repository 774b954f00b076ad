"""What an insider can take: copies of every table with its hidden columns, raw files, logs of the database,
backups, statistics, logs, what the service tells. Nothing is judged here."""

import base64
import csv
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import tempfile
import urllib.error
import urllib.request
import uuid

csv.field_size_limit(1 << 30)
# Bytes of a page of PostgreSQL's log, of its head, and of the head of a segment's first page.
PAGE, HEAD, FIRST_HEAD = 8192, 24, 40
# Shorter stretches of bytes are met by chance.
LEAST = 7
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")


class Table:
    """Rows as dicts; `at` is the place in which the file holds a row."""

    def __init__(self, name, rows):
        self.name, self.rows = name, rows

    def columns(self):
        return list(self.rows[0]) if self.rows else []


class Copy:
    """One copy of a database's tables, at one moment."""

    def __init__(self, name, tables):
        self.name, self.tables = name, tables

    def rows(self, table):
        return self.tables[table].rows


def value(text):
    """A cell of PostgreSQL's CSV as a Python value: bytes, a UUID's bytes, a place in a file, a number, a text."""
    if text.startswith("\\x"):
        return bytes.fromhex(text[2:])
    if UUID.match(text):
        return uuid.UUID(text).bytes
    if re.match(r"\(\d+,\d+\)$", text):
        return tuple(map(int, text[1:-1].split(",")))
    return int(text) if re.match(r"-?\d{1,18}$", text) and not (len(text) > 1 and text[0] == "0") else text


def psql(url, sql):
    done = subprocess.run(["psql", url, "-XAtq", "-v", "ON_ERROR_STOP=1"], input=sql, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"psql: {done.stderr}")
    return done.stdout


def written(url, relations, columns, into):
    """Whole relations as CSV files, all by one session."""
    into.mkdir(parents=True)
    files = {relation: into / relation.replace(".", "-") for relation in relations}
    copies = (f"\\copy (SELECT {columns} FROM {name}) TO '{file}' (FORMAT csv, HEADER)" for name, file in files.items())
    psql(url, "\n".join(copies))
    return files


def copy_server(url, name, folder):
    """Every table with the columns that PostgreSQL hides."""
    listed = psql(url, "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'").split()
    tables = {}
    for table, file in written(url, listed, "ctid, xmin, xmax, cmin, cmax, *", folder).items():
        with file.open(newline="") as lines:
            rows = [{column: value(cell) for column, cell in row.items()} for row in csv.DictReader(lines)]
        tables[table] = Table(table, [{"at": at, **row} for at, row in enumerate(rows)])
    shutil.rmtree(folder)
    return Copy(name, tables)


def copy_file(path, name, folder):
    """Reads a copy of the file and its log, so that what is read changes nothing of the original."""
    folder.mkdir(parents=True, exist_ok=True)
    for ending in ("", "-wal"):
        if pathlib.Path(f"{path}{ending}").exists():
            shutil.copy(f"{path}{ending}", folder / f"read.db{ending}")
    connection = sqlite3.connect(folder / "read.db")
    connection.row_factory = sqlite3.Row
    tables = {}
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        try:
            found = connection.execute(f'SELECT rowid AS "rowid", * FROM "{table}" ORDER BY rowid').fetchall()
        except sqlite3.OperationalError:
            found = connection.execute(f'SELECT * FROM "{table}"').fetchall()
        tables[table] = Table(table, [{"at": at, **dict(row)} for at, row in enumerate(found)])
    connection.close()
    shutil.rmtree(folder)
    return Copy(name, tables)


class Target:
    """A database to be looted, whoever wrote it: a file, or one database of a server."""

    def __init__(self, folder, file=None, url=None):
        self.folder, self.file, self.url = pathlib.Path(folder), file, url
        self.folder.mkdir(parents=True, exist_ok=True)

    def copy(self, name):
        folder = self.folder / "reading"
        return copy_file(self.file, name, folder) if self.file else copy_server(self.url, name, folder)

    def files(self):
        """Raw files by what they are."""
        if self.file:
            kinds = {"main file": "", "log": "-wal", "index of the log": "-shm"}
            paths = {kind: [f"{self.file}{ending}"] for kind, ending in kinds.items()}
            return {kind: found for kind, found in paths.items() if os.path.exists(found[0])}
        psql(self.url, "CHECKPOINT")
        root = psql(self.url, "SHOW data_directory").strip()
        own = psql(self.url, "SELECT oid FROM pg_database WHERE datname = current_database()").strip()
        return {
            "main file": [f"{root}/base/{own}"],
            "common files": [f"{root}/{part}" for part in ("global", "pg_stat", "pg_stat_tmp", "pg_xact")],
            "log": [str(self.records(root))],
            "log of the server": [os.path.join(os.path.dirname(root), "server.log")],
        }

    def records(self, root):
        """The server's log as one stream of records: the heads of pages and segments, which part them, left out."""
        stream = self.folder / f"log-{uuid.uuid4().hex}"
        with stream.open("wb") as out:
            for segment in sorted(pathlib.Path(root, "pg_wal").glob("?" * 24)):
                pages = segment.read_bytes()
                for at in range(0, len(pages), PAGE):
                    out.write(pages[at + (HEAD if at else FIRST_HEAD) : at + PAGE])
        return stream

    def statistics(self):
        """Every statistics table and view, sequence and running statement, as text."""
        if self.file:
            return {}
        relations = psql(
            self.url,
            "SELECT oid::regclass FROM pg_class WHERE relkind IN ('r', 'v') AND (relname LIKE 'pg\\_stat%' "
            "OR relname IN ('pg_sequences', 'pg_prepared_statements', 'pg_prepared_xacts', 'pg_locks'))",
        ).split()
        into = self.folder / f"statistics-{uuid.uuid4().hex}"
        written(self.url, relations, "*", into)
        return {"statistics": [str(into)]}

    def backup(self, name):
        """What the engine's own backup programs make."""
        into = self.folder / f"backup-{name}"
        into.mkdir()
        if self.file:
            connection = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=30)
            connection.execute("VACUUM INTO ?", (str(into / "backup.db"),))
            connection.close()
        else:
            run(["pg_basebackup", "-d", self.url, "-D", into / "base", "-X", "stream", "-c", "fast"])
            run(["pg_dump", "-d", self.url, "-f", into / "dump.sql"])
        return {f"backup {name}": [str(into)]}


def run(words):
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise SystemExit(f"{words[0]}: {done.stderr}")


def told(url, into):
    """What the service itself answers on its addresses for machines, and on a page for everyone."""
    into.mkdir(parents=True, exist_ok=True)
    for path in ("healthz", "readyz", "metrics", "api/rounds", "api/openapi.json", "sv/", "sv/f"):
        try:
            with urllib.request.urlopen(f"{url}/{path}", timeout=30) as reply:
                text = reply.read()
        except urllib.error.HTTPError as refused:
            text = refused.read()
        (into / path.replace("/", "-")).write_bytes(text)
    return {"what the service tells": [str(into)]}


def forms(token):
    """The shapes in which a text or bytes may lie in a file."""
    raw = token.encode() if isinstance(token, str) else token
    shapes = {raw, raw.hex().encode(), base64.urlsafe_b64encode(raw).rstrip(b"="), base64.b64encode(raw).rstrip(b"=")}
    if isinstance(token, bytes) and len(token) == 16:
        shapes.add(str(uuid.UUID(bytes=token)).encode())
    return {found for shape in shapes if len(found := longest(shape)) >= LEAST}


def longest(shape):
    """The longest stretch without the bytes that part the patterns of grep."""
    return max(re.split(rb"[\0\n]", shape), key=len)


def search(needles, paths):
    """Where the bytes `needles` (bytes → owner) lie in the files and folders `paths`: path, offset, owner."""
    paths = [path for path in paths if os.path.exists(path)]
    if not paths or not needles:
        return []
    with tempfile.NamedTemporaryFile() as patterns:
        patterns.write(b"\n".join(needles))
        patterns.flush()
        done = subprocess.run(
            ["grep", "-raobHZF", "-f", patterns.name, "--", *paths],
            capture_output=True,
            env={**os.environ, "LC_ALL": "C"},
        )
    # 1 says that nothing was found; 2 that a file went away while it was read, as a log's segments do.
    if done.returncode == 2 and b"No such file" not in done.stderr:
        raise SystemExit(f"grep: {done.stderr.decode(errors='replace')}")
    hits = []
    for line in done.stdout.split(b"\n"):
        path, _, rest = line.partition(b"\0")
        offset, _, match = rest.partition(b":")
        if match:
            hits.append((path.decode(), int(offset), needles[match]))
    return hits
