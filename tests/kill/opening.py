"""kill -9 in the opening of the envelopes (trust.md K4).

On each engine: answers are taken in under a key of which two of three holders are needed, and the round
is closed. Then, `--times` times on a fresh copy: the program opens the envelopes with two random
sheets and is killed at a random moment of the time that it takes; afterwards either all answers are
opened or none, and it is run again until it is done. The responses must be the same each time.

usage: opening.py --trygg PROGRAM --times N [--postgres URL]
"""

import argparse
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "setup"))
from office import ROOT, Office, load_program, random_wait  # noqa: E402

LETTERS = 60_000
# What must hold nothing of the round any more.
EMPTIED = (
    *("envelopes", "bags", "drafts", "spent_challenges", "invitations", "invitation_codes", "letter_runs"),
    *("key_shares", "openings", "opening_shares"),
)
DONE = """SELECT count(*) FROM rounds WHERE stage = 'opened'
          AND replace(CAST(document AS TEXT), ' ', '') LIKE '%"scrubbed":true%'"""


class Copy:
    """The closed round, to be put back as often as it was opened."""

    def __init__(self, office, server):
        self.office, self.server = office, server
        if server:
            self.name = urllib.parse.urlsplit(office.database).path[1:]
            self.sql(f"CREATE DATABASE {self.name}_kept TEMPLATE {self.name}")
        else:
            office.query("PRAGMA wal_checkpoint(TRUNCATE)")
            shutil.copy(office.folder / "trygg.db", office.folder / "kept.db")

    def sql(self, statement):
        subprocess.run(["psql", self.server, "-q", "-v", "ON_ERROR_STOP=1", "-c", statement], check=True)

    def put_back(self):
        if self.server:
            self.sql(f"DROP DATABASE {self.name} WITH (FORCE)")
            self.sql(f"CREATE DATABASE {self.name} TEMPLATE {self.name}_kept")
        else:
            for ending in ("", "-wal", "-shm"):
                (self.office.folder / f"trygg.db{ending}").unlink(missing_ok=True)
            shutil.copy(self.office.folder / "kept.db", self.office.folder / "trygg.db")


def opening(office, **options):
    """The program opening the envelopes with two of the three sheets, in any order."""
    shares = [word for sheet in random.sample(office.sheets, 2) for word in ("--share", str(sheet))]
    words = [office.trygg, "round", "open-envelopes", office.round, *shares]
    return subprocess.Popen(words, env=office.environment, cwd=ROOT, stdout=subprocess.DEVNULL, **options)


def finish(office):
    """Runs it until it is done; how often that took."""
    for tries in range(1, 20):
        if office.query(DONE):
            return tries - 1
        opening(office, stderr=subprocess.DEVNULL).wait()
    raise SystemExit("the opening is not done after 19 tries")


def survive(office, load, times, server, failures):
    def hold(fact, text):
        if not fact:
            print(f"  FAILED: {text}")
            failures.append(f"{office.engine}: {text}")

    codes = office.open_round(LETTERS, needed=2, holders=3)
    office.serve()
    subprocess.run(
        [
            *(load, "answers", "--url", office.url, "--round", office.round, "--codes", str(codes)),
            *("--connections", "32", "--seconds", "3", "--acknowledged", str(office.folder / "acknowledged.csv")),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    office.stop()
    office.run("round", "move", office.round, "closed", "--reason", "the test is over")
    envelopes = office.query("SELECT count(*) FROM envelopes")
    copy = Copy(office, server)

    began = time.monotonic()
    whole = opening(office).wait()
    takes = time.monotonic() - began
    hold(whole == 0, "the envelopes are opened when nobody interferes")
    answers = office.sheets_of_answers()
    hold(len(answers) == envelopes > 0, "each envelope became one response")
    print(f"{office.engine}: {envelopes} envelopes, opened in {takes:.2f} s")

    before = after = complete = 0
    for number in range(1, times + 1):
        copy.put_back()
        process = opening(office, stderr=subprocess.DEVNULL)
        wait = random_wait(0.0, 1.1 * takes)
        try:
            process.wait(timeout=wait)
            complete += 1
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        left = office.query("SELECT count(*) FROM envelopes")
        opened = office.query("SELECT count(*) FROM responses")
        hold((left, opened) in ((envelopes, 0), (0, envelopes)), f"all or none, killed after {wait:.3f} s: {left}, {opened}")
        if not office.query(DONE):
            before, after = before + (opened == 0), after + (opened > 0)
        finish(office)
        hold(office.sheets_of_answers() == answers, f"the same responses, killed after {wait:.3f} s")
        for table in EMPTIED:
            hold(office.query(f"SELECT count(*) FROM {table}") == 0, f"{table} is empty after kill {number}")
    print(f"note: {office.engine}: opening killed {times} times: {before} before its commit, {after} after, {complete} too late")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--trygg", required=True)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--postgres", help="address of a PostgreSQL server, for its half of the test")
    given = parser.parse_args()
    load = load_program(given.trygg)
    failures = []
    engines = [None] + ([given.postgres] if given.postgres else [])
    for postgres in engines:
        with tempfile.TemporaryDirectory() as folder:
            office = Office(given.trygg, pathlib.Path(folder, "office"), postgres)
            try:
                survive(office, load, given.times, postgres, failures)
            finally:
                office.drop()
    for failure in failures:
        print("FAILED:", failure)
    print(f"{len(engines) * given.times - len(failures)} passed, {len(failures)} failed")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
