"""An office on this machine, run by command line as a real one is: a database, a round of Luleå's
shape with letter codes, the service on a free loopback port. For the kill and load programs."""

import contextlib
import csv
import datetime
import os
import pathlib
import secrets
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
AREAS = [f"2580T{number:02}" for number in range(1, 13)]


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Office:
    """One database with one round; `postgres` is the address of a server, None means SQLite."""

    def __init__(self, trygg, folder, postgres=None, settings=None):
        self.trygg = str(pathlib.Path(trygg).resolve())
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True)
        self.postgres = postgres
        self.engine = "postgresql" if postgres else "sqlite"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None
        self.round = "last-1"
        if postgres:
            name = "office_" + uuid.uuid4().hex
            subprocess.run(["psql", postgres, "-q", "-c", f"CREATE DATABASE {name}"], check=True)
            self.database = urllib.parse.urlsplit(postgres)._replace(path=f"/{name}").geturl()
        else:
            self.database = f"sqlite://{self.folder / 'trygg.db'}"
        self.environment = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": self.database,
            "TRYGG_DATA": str(self.folder),
            "TRYGG_LISTEN": f"127.0.0.1:{self.port}",
            "TRYGG_DEFINITIONS": str(ROOT / "survey-definitions"),
            "TRYGG_LOG": "warn",
            **(settings or {}),
        }

    def run(self, *words, say=None):
        """One verb of the command line; its standard output."""
        done = subprocess.run(
            [self.trygg, *map(str, words)],
            env=self.environment,
            cwd=ROOT,
            input=say,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise SystemExit(f"trygg {' '.join(map(str, words))}: {done.stdout}{done.stderr}")
        return done.stdout

    def plan_round(self, needed=1, holders=1):
        """A round that is planned: its first day was yesterday. Its key is one holder's, or that of `needed` out of
        several."""
        self.run("migrate")
        definitions = ROOT / "survey-definitions"
        self.run("questionnaire", "publish", definitions / "lulea-trygghet" / "1.0")
        self.run("areas", "import", definitions / "areas" / "lulea-12")
        self.run(
            *("population", "import", self.population(), "--id", "made-up", "--area-set", "lulea-12/2019"),
            *("--questionnaire", "lulea-trygghet/1.0", "--source", "made up for a test"),
        )
        today = datetime.datetime.now(datetime.timezone.utc).date()
        plan = self.folder / "round.toml"
        plan.write_text(
            f"""slug = "{self.round}"
period = "{today.year}"
kind = "test"
stream = "resident"
questionnaire = {{ id = "lulea-trygghet", version = "1.0" }}
area_set = {{ id = "lulea-12", version = "2019" }}
population = "made-up"
languages = ["sv", "en"]
modes = ["web"]
opens_on = {today - datetime.timedelta(days=1)}
closes_on = {today + datetime.timedelta(days=30)}
organisations = ["Testkommunen"]
holders = [{", ".join(f'"Machine {number}"' for number in range(1, holders + 1))}]
needed = {needed}
"""
        )
        self.run("round", "create", plan)

    def open_round(self, letters, needed=1, holders=1):
        """A round that takes answers now, with at least `letters` codes; the file that holds them."""
        self.plan_round(needed, holders)
        sample = self.folder / "sample.csv"
        with sample.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["area_code", "sampled"])
            writer.writerows([area, -(-letters // len(AREAS))] for area in AREAS)
        codes = self.folder / "codes.csv"
        self.run("letters", "draw", self.round, "--sample", sample, "--out", codes)
        self.schedule_round(holders)
        return codes

    def schedule_round(self, holders=1):
        """The planned round with its letters gets its key and opens."""
        if holders == 1:
            self.sheet = self.folder / "key-sheet.txt"
            self.run("round", "make-key", self.round, "--sheet", self.sheet)
        else:
            self.sheets = [self.folder / f"key-sheet-{number}.txt" for number in range(1, holders + 1)]
            for number, sheet in enumerate(self.sheets, 1):
                self.run("keys", "sheet", self.round, "--holder", number, "--out", sheet)
                self.run("keys", "confirm", self.round, "--sheet", sheet)
            self.run("round", "make-key", self.round)
        self.run("round", "move", self.round, "scheduled")
        # Its first day is over, so a look at the rounds opens it.
        if f"{self.round} " not in (said := self.run("round", "list")) or " open:" not in said:
            raise SystemExit(f"the round is not open: {said}")

    def open_link(self):
        """A round of people who stay beside it, open at one place, `torget`."""
        text = (self.folder / "round.toml").read_text()
        for before, after in (
            (f'slug = "{self.round}"', 'slug = "stay-1"'),
            ('stream = "resident"', 'stream = "stay"\nscheme = "none"'),
            ('population = "made-up"\n', ""),
        ):
            assert before in text
            text = text.replace(before, after)
        plan = self.folder / "stay.toml"
        plan.write_text(text + '[[places]]\nid = "torget"\nname = "Torget"\n')
        self.run("round", "create", plan)
        self.run("round", "make-key", "stay-1", "--sheet", self.folder / "key-stay.txt")
        self.run("round", "move", "stay-1", "scheduled")
        self.run("round", "list")

    def population(self):
        """Register counts that never lack a cell."""
        path = self.folder / "population.csv"
        with path.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["area_code", "sex", "age_group", "persons", "reference_date"])
            for place, area in enumerate(AREAS):
                for sex in ("woman", "man"):
                    for step, age in enumerate(("16-29", "30-49", "50-64", "65-85")):
                        writer.writerow([area, sex, age, 20000 + 100 * place + 10 * step, "2025-12-31"])
        return path

    def serve(self):
        """Starts the service; returns the seconds to its first answer."""
        self.log = (self.folder / "serve.log").open("ab")
        began = time.monotonic()
        self.process = subprocess.Popen(
            [self.trygg, "serve"], env=self.environment, cwd=ROOT, stdout=self.log, stderr=self.log
        )
        while time.monotonic() - began < 60:
            if self.process.poll() is not None:
                raise SystemExit(f"the service ended: {(self.folder / 'serve.log').read_text()[-2000:]}")
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as reply:
                    reply.read()
                return time.monotonic() - began
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.01)
        raise SystemExit("the service did not answer within 60 s")

    def kill(self):
        """Power off: no signal that the process could answer."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process = None

    def stop(self):
        """Ends the service as an administrator does."""
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.kill()
            self.process = None

    def query(self, sql):
        """The single number that `sql` answers, read past the service."""
        if self.engine == "postgresql":
            done = subprocess.run(
                ["psql", self.database, "-Atqc", sql], capture_output=True, text=True, check=True
            )
            return int(done.stdout.strip() or 0)
        import sqlite3

        with contextlib.closing(sqlite3.connect(self.folder / "trygg.db", timeout=10)) as connection:
            return connection.execute(sql).fetchone()[0] or 0

    def execute(self, sql):
        """Changes an embedded database past the service."""
        import sqlite3

        with sqlite3.connect(self.folder / "trygg.db", timeout=10) as connection:
            connection.execute(sql)

    def copied(self, folder):
        """Another office with a copy of this one's database and secrets, as a thief or a restored backup has."""
        postgres = self.postgres
        other = Office(self.trygg, folder, postgres, {name: self.environment[name] for name in ("TRYGG_LOG",)})
        other.round = self.round
        shutil.copytree(self.folder / "secrets", other.folder / "secrets")
        if postgres:
            dump = subprocess.run(["pg_dump", self.database], capture_output=True, check=True).stdout
            subprocess.run(["psql", other.database, "-q", "-o", os.devnull, "-v", "ON_ERROR_STOP=1"], input=dump, check=True)
        else:
            for ending in ("", "-wal"):
                shutil.copy(f"{self.folder / 'trygg.db'}{ending}", other.folder)
        return other

    def sheets_of_answers(self):
        """Every opened sheet as hexadecimal digits, sorted."""
        if self.engine == "postgresql":
            sql = "SELECT encode(sheet, 'hex') FROM responses"
            done = subprocess.run(["psql", self.database, "-Atqc", sql], capture_output=True, text=True, check=True)
            return sorted(done.stdout.split())
        import sqlite3

        with contextlib.closing(sqlite3.connect(self.folder / "trygg.db", timeout=10)) as connection:
            return sorted(sheet.hex() for (sheet,) in connection.execute("SELECT sheet FROM responses"))

    def drop(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def load_program(trygg):
    """The load program that was built beside the service."""
    path = pathlib.Path(trygg).resolve().parent / "examples" / "load"
    if not path.exists():
        raise SystemExit(f"{path} is not built: cargo build --release --examples")
    return str(path)


def random_wait(least, most):
    """Seconds between `least` and `most`, printed so that a failure can be told."""
    return least + (most - least) * secrets.randbelow(10_000) / 10_000
