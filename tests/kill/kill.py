"""kill -9 under load: what was acknowledged is stored, each answer once (trust.md R1).

On each engine: the service takes answers from many connections and is killed at a random moment,
`--times` times, each time started again while the senders keep trying. Then every acknowledged
submission is sent once more and must get the receipt it had, without a new row; the round is
closed, its envelopes are opened, and the responses must be as many as the codes that were used.

usage: kill.py --trygg PROGRAM --times N [--postgres URL]
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "setup"))
from office import Office, load_program, random_wait  # noqa: E402

LETTERS = 120_000
CONNECTIONS = 64


def survive(office, load, times, failures):
    def hold(fact, text):
        print(f"  {'ok' if fact else 'FAILED'}: {text}")
        if not fact:
            failures.append(f"{office.engine}: {text}")

    codes = office.open_round(LETTERS)
    first = office.serve()
    print(f"{office.engine}: first answer after {first * 1000:.0f} ms")
    acknowledged = office.folder / "acknowledged.csv"
    acknowledged.touch()
    seconds = 4 * times + 4
    sender = subprocess.Popen(
        [
            *(load, "answers", "--url", office.url, "--round", office.round, "--codes", str(codes), "--persist"),
            *("--connections", str(CONNECTIONS), "--seconds", str(seconds), "--acknowledged", str(acknowledged)),
        ]
    )
    try:
        for number in range(1, times + 1):
            wait = random_wait(0.5, 3.0)
            time.sleep(wait)
            if sender.poll() is not None:
                hold(False, "the senders ran until the last kill")
                break
            office.kill()
            ready = office.serve()
            print(f"  kill {number} after {wait:.2f} s, back after {ready * 1000:.0f} ms")
        sender.wait(timeout=seconds + 60)
    finally:
        if sender.poll() is None:
            sender.kill()
            sender.wait()

    known = len(acknowledged.read_text().splitlines())
    envelopes = office.query("SELECT count(*) FROM envelopes")
    used = office.query("SELECT count(*) FROM invitations WHERE " + ("used" if office.engine == "postgresql" else "used = 1"))
    print(f"  {known} acknowledged, {envelopes} envelopes, {used} codes used")
    hold(known > 0, "answers were acknowledged")
    hold(envelopes == used, "there are as many envelopes as used codes")
    hold(envelopes >= known, "no acknowledged answer is missing by count")
    replay = subprocess.run(
        [load, "replay", "--url", office.url, "--round", office.round, "--acknowledged", str(acknowledged)],
        capture_output=True,
        text=True,
    )
    print("  " + replay.stdout.strip()[-500:].replace("\n", "\n  "))
    hold(replay.returncode == 0, "every acknowledged submission gets the receipt that it had")
    hold(office.query("SELECT count(*) FROM envelopes") == envelopes, "a repeated submission makes no row")
    office.stop()

    office.run("round", "move", office.round, "closed", "--reason", "the test is over")
    office.run("round", "open-envelopes", office.round, "--share", office.sheet)
    responses = office.query("SELECT count(*) FROM responses")
    turnout = office.query("SELECT CAST(sum(used) AS BIGINT) FROM turnout")
    print(f"  {responses} responses, {turnout} used codes counted")
    hold(responses == envelopes, "each envelope became one response")
    hold(responses == turnout, "there are as many responses as used codes")
    hold(office.query("SELECT count(*) FROM envelopes") == 0, "no envelope is left")
    print(f"note: {office.engine}: killed {times} times, {known} acknowledged, 0 lost, 0 doubled"
          if not failures else f"{office.engine}: see above")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--trygg", required=True)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--postgres", help="address of a PostgreSQL server, for its half of the test")
    given = parser.parse_args()
    load = load_program(given.trygg)
    failures = []
    engines = [None] + ([given.postgres] if given.postgres else [])
    for postgres in engines:
        with tempfile.TemporaryDirectory() as folder:
            office = Office(given.trygg, pathlib.Path(folder, "office"), postgres)
            try:
                survive(office, load, given.times, failures)
            finally:
                office.drop()
    for failure in failures:
        print("FAILED:", failure)
    print(f"{len(engines) * 8 - len(failures)} passed, {len(failures)} failed")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
