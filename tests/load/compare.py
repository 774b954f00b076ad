"""Durable submissions a second, beside a bare insert loop on the same disk in the same minutes.

Prints a table; asserts no time. SQLite runs with WAL and synchronous=FULL, PostgreSQL with fsync and
synchronous_commit on, as the service does. The service's rate limits count failed codes only, so
nothing is raised for the answers.

usage: compare.py --trygg PROGRAM [--seconds S] [--postgres URL --pgbench PROGRAM] [--forms]
"""

import argparse
import json
import pathlib
import re
import secrets
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "setup"))
from office import Office, load_program  # noqa: E402

CONNECTIONS = (8, 64)


def bare_sqlite(folder, seconds):
    """Rows a second: one row a transaction, the log flushed at each commit."""
    database = sqlite3.connect(pathlib.Path(folder, "bare.db"), isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("DROP TABLE IF EXISTS bare_inserts")
    database.execute("CREATE TABLE bare_inserts (id BLOB PRIMARY KEY, envelope BLOB) WITHOUT ROWID")
    rows, began = 0, time.monotonic()
    while time.monotonic() - began < seconds:
        row = secrets.token_bytes(112)
        database.execute("INSERT INTO bare_inserts VALUES (?, ?)", (row[:16], row[16:]))
        rows += 1
    return rows / (time.monotonic() - began)


def pgbench(program, postgres, connections, seconds):
    """Rows a second, as pgbench itself says."""
    table = "DROP TABLE IF EXISTS bare_inserts; CREATE TABLE bare_inserts (id uuid PRIMARY KEY, envelope bytea)"
    subprocess.run(["psql", postgres, "-qc", table], check=True, stderr=subprocess.DEVNULL)
    script = pathlib.Path(__file__).with_name("pgbench.sql")
    done = subprocess.run(
        [
            *(program, "--no-vacuum", "--protocol=prepared", f"--client={connections}", "--jobs=2"),
            *(f"--time={max(1, round(seconds))}", f"--file={script}", postgres),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(re.search(r"tps = ([\d.]+)", done.stdout)[1])


def send(load, act, office, codes, start, connections, seconds, *more):
    done = subprocess.run(
        [
            *(load, act, "--url", office.url, "--codes", str(codes), "--from", str(start), "--json"),
            *("--connections", str(connections), "--seconds", str(seconds), *more),
        ],
        capture_output=True,
        text=True,
    )
    if not done.stdout.startswith("{"):
        raise SystemExit(f"{act}: {done.stdout}{done.stderr}")
    return json.loads(done.stdout)


def row(engine, what, connections, rate, result=None):
    times = f"{result['p50_ms']:.1f} | {result['p95_ms']:.1f} | {result['p99_ms']:.1f}" if result else " | | "
    refused = json.dumps(result["refused"]) if result and result["refused"] else ""
    print(f"| {engine} | {what} | {connections} | {rate:.0f} | {times} | {refused} |", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--trygg", required=True)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--postgres")
    parser.add_argument("--pgbench", default="pgbench")
    given = parser.parse_args()
    load = load_program(given.trygg)
    failures = 0
    print("| engine | what | connections | a second | p50 ms | p95 ms | p99 ms | refused |")
    print("|---|---|---|---|---|---|---|---|")
    for postgres in [None] + ([given.postgres] if given.postgres else []):
        with tempfile.TemporaryDirectory() as folder:
            office = Office(given.trygg, pathlib.Path(folder, "office"), postgres)
            try:
                codes = office.open_round(int(20_000 + 12_000 * given.seconds))
                office.serve()
                start = 0
                for connections in CONNECTIONS:
                    if postgres:
                        row("PostgreSQL", "bare insert (pgbench)", connections, pgbench(given.pgbench, postgres, connections, given.seconds))
                    else:
                        row("SQLite", "bare insert, one loop", 1, bare_sqlite(folder, given.seconds))
                    for act, what, more in (
                        ("answers", "submissions", ("--round", office.round)),
                        ("forms", "whole forms", ()),
                    ):
                        result = send(load, act, office, codes, start, connections, given.seconds, *more)
                        start += result["done"] + connections + sum(result["refused"].values())
                        row("PostgreSQL" if postgres else "SQLite", what, connections, result["per_second"], result)
                        failures += result["done"] == 0 or any(not reason.startswith(("503", "429")) for reason in result["refused"])
                stored = office.query("SELECT count(*) FROM envelopes")
                used = office.query("SELECT count(*) FROM invitations WHERE " + ("used" if postgres else "used = 1"))
                print(f"note: {office.engine}: {stored} envelopes, {used} codes used")
                failures += stored != used
            finally:
                office.drop()
    runs = (1 + bool(given.postgres)) * (2 * len(CONNECTIONS) + 1)
    print(f"{runs - failures} passed, {failures} failed")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
