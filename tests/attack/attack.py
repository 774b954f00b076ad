"""The attack on our own storage (trust.md P1, P2, P5, K6): who has everything that an insider could have tries to
tell which answer belongs to which letter.

On each engine, once with people who answer one after the other and once with 20 abreast: 500 letters are answered
in a known order, and some more left as drafts. In the middle, at the end and after the opening everything is taken
(loot.py). While the round is open nothing may be readable and no draft may open; after the opening no more answers
may be linked to letters than by chance (linking.py). The same attacker is let loose on stores that are weak in one
way each (weak.py), and must find everybody there.

Chance alone exceeds one of the bounds about once in 150 runs. The service shuffles by the system's randomness, so a
second run with the same seed tells: what leaks exceeds them again.

usage: attack.py --trygg PROGRAM [--postgres URL] [--rounds N] [--seed N]
"""

import argparse
import os
import pathlib
import random
import resource
import secrets
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "setup"))
import judge  # noqa: E402
import linking  # noqa: E402
import loot  # noqa: E402
import people  # noqa: E402
import seals  # noqa: E402
import siege  # noqa: E402
import weak  # noqa: E402
from office import Office  # noqa: E402

# Over 20 rounds 20 right links are expected; more than 36 come less than once in 2,000 times.
ROUNDS_OF_SUM, MOST_IN_SUM = 20, 36


def weak_stores(folder, postgres, seed, verdicts):
    """The attacker's own examination. People of one store are found in no other."""
    chance = random.Random(f"stores {seed}")
    keys = [chance.randbytes(32) for _ in range(3)]
    print("| weak store | engine | to be found | found | by |")
    print("|---|---|---|---|---|")
    for write, what, engines, expected, wanted in weak.STORES:
        for engine in engines:
            if engine == "postgresql" and not postgres:
                continue
            persons = made_up(weak.FEW.get(write, siege.PEOPLE), chance)
            store = weak.Store(folder / f"{write.__name__}-{engine}", postgres if engine == "postgresql" else None)
            try:
                attack = attack_store(store, write, persons, keys, seed)
            finally:
                store.close(postgres)
            links, chosen = attack.judged()
            best, way = attack.best_of_all()
            name = f"{what} ({engine})"
            if wanted == weak.NOBODY:
                most = linking.chance_of_all(len(attack.ways))
                by_chance = links <= siege.MOST and best < most
                verdicts.hold(by_chance, f"{name}: {links} are found by {chosen}, {best} by {way}")
                print(f"| {what} | {engine} | 0, or by chance at most {siege.MOST} | {links} | |", flush=True)
                continue
            least = int(wanted * len(persons)) if wanted <= 1 else wanted
            found = {way: len(right) for way, right in attack.ways.items() if expected in way}
            by = max(found, key=found.get, default=None)
            count = found.get(by, 0)
            verdicts.hold(count >= least, f"{name}: {count} are found by '{expected}', {best} by {way}")
            verdicts.hold(links >= least, f"{name}: {links} of {least} are found by {chosen}")
            print(f"| {what} | {engine} | {least} of {len(persons)} | {count} | {by} |", flush=True)


def made_up(count, chance):
    questions = people.Questions()
    letters = [("", "", people.made_up_code(chance)) for _ in range(count)]
    return [people.Person(number, letter, questions, chance) for number, letter in enumerate(letters)]


def attack_store(store, write, persons, keys, seed):
    copies = write(store, persons, keys)
    moment = store.target.files() | store.target.statistics()
    moment["folder of the service"] = [str(path) for path in store.folder.glob("*.log")]
    needles = {}
    for person in persons:
        needles |= {shape: ("letter", person.number) for shape in loot.forms(person.code)}
        needles |= {shape: ("answer", person.number) for shape in loot.forms(person.sheet)}
    files = {"opened": {kind: loot.search(needles, paths) for kind, paths in moment.items()}}
    letters = linking.Known(
        [person.number for person in persons],
        **{
            "order of sending": {person.number: person.number for person in persons},
            "code": {person.number: person.code for person in persons},
        },
    )
    by_sheet = {person.sheet: person for person in persons}
    length = len(persons[0].sheet)
    return judge.attack(letters, copies, files, lambda cell: by_sheet.get(cell[:length]), keys, seed)


def keys_at_hand(seed, verdicts):
    """Seals under keys that a server has are opened, all of them."""
    chance = random.Random(f"keys {seed}")
    persons = made_up(siege.PEOPLE, chance)
    service_secret, pepper = chance.randbytes(32), chance.randbytes(32)
    envelopes, drafts = weak.sealed_under_keys_at_hand(persons, service_secret, pepper)
    keys = seals.keys_at_hand([service_secret, pepper], (), weak.ROUND)
    sheets = [person.sheet for person in persons]
    opened = {
        "envelopes": [seals.open_envelope(row, keys) for row in envelopes],
        "drafts": [seals.open_draft(row, pepper, keys) for row in drafts],
    }
    for what, plain in opened.items():
        count = sum(map(bytes.__eq__, sheets, plain))
        verdicts.hold(plain == sheets, f"{count} {what} under keys at hand are opened")
        print(f"| {what} sealed under a key of the server | | all {len(sheets)} | {count} | keys at hand |", flush=True)


def core_dumps_work():
    """Whether a program that dies on this machine leaves a copy of its memory, as the test needs."""
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    with tempfile.TemporaryDirectory() as folder:
        child = subprocess.Popen([sys.executable, "-c", "import os; os.abort()"], cwd=folder)
        _, status = os.waitpid(child.pid, 0)
        child.returncode = -1
        return os.WCOREDUMP(status)


def service(folder, given, postgres, abreast, verdicts):
    """The service itself, as often as it is to be."""
    linked = []
    for number in range(given.rounds):
        office = Office(given.trygg, folder / f"office-{abreast}-{number}", postgres, {"TRYGG_LOG": "debug"})
        attacked = siege.Siege(office, abreast, f"{office.engine} {abreast} {number} {given.seed}", verdicts)
        try:
            attacked.lay()
            linked.append(attacked.attack())
        finally:
            office.drop()
            shutil.rmtree(attacked.apart, ignore_errors=True)
    if given.rounds >= ROUNDS_OF_SUM:
        most = MOST_IN_SUM * given.rounds // ROUNDS_OF_SUM
        verdicts.hold(sum(linked) <= most, f"{attacked.name}: {sum(linked)} linked in {given.rounds} rounds")
        print(f"note: {attacked.name}: {sum(linked)} linked in {given.rounds} rounds of {siege.PEOPLE} (<= {most})")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--trygg", required=True)
    parser.add_argument("--postgres", help="address of a PostgreSQL server, for its half of the test")
    parser.add_argument("--rounds", type=int, default=1, help="how often the service is attacked in each way")
    parser.add_argument("--seed", type=int, default=secrets.randbits(32), help="repeats who answers what and when")
    given = parser.parse_args()
    print(f"seed {given.seed}")
    seals.self_check()
    if not core_dumps_work():
        print("note: programs leave no core files on this machine, so that the service leaves none is not tested")
    verdicts, began = judge.Verdicts(), time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        weak_stores(folder, given.postgres, given.seed, verdicts)
        keys_at_hand(given.seed, verdicts)
        print(f"the attacker was examined in {time.monotonic() - began:.0f} s")
        print(siege.HEAD)
        for postgres in [None] + ([given.postgres] if given.postgres else []):
            for abreast in (1, 20):
                service(folder, given, postgres, abreast, verdicts)
    print(f"note: {verdicts.count} findings in {time.monotonic() - began:.0f} s")
    print(f"{verdicts.count - len(verdicts.failures)} passed, {len(verdicts.failures)} failed")
    return bool(verdicts.failures)


if __name__ == "__main__":
    sys.exit(main())
