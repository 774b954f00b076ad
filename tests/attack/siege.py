"""One round of the real service, attacked from its first letter to its opened answers."""

import collections
import csv
import os
import pathlib
import random
import shutil
import signal
import subprocess

import judge
import linking
import loot
import people
import seals

PEOPLE, DRAFTS = 500, 12
# Right links of 500 that chance allows (P1): more than 5 where one is expected come once in 1,600 attacks, more than
# 26 where twelve are once in 10,000; a correlation of 0.15 is more than three standard deviations.
MOST, MOST_WITH_DISTRICT, MOST_CORRELATION = 5, 26, 0.15
HEAD = (
    f"| service, {PEOPLE} answers | readable while open | linked (<= {MOST}) | district known (<= {MOST_WITH_DISTRICT}) "
    f"| rank correlation (< {MOST_CORRELATION}) | best of all ways afterwards | ways | keys tried |\n" + "|---" * 8 + "|"
)
# What may be found nowhere at any time.
NEVER = ("canary", "address of a respondent", "code", "cookie", "submission")


class Siege:
    """`office` is fresh; its respondents come `abreast` at a time. What letters, holders and browsers have lies
    beside its folder, where no insider looks."""

    def __init__(self, office, abreast, seed, verdicts):
        self.office, self.abreast, self.seed, self.verdicts = office, abreast, seed, verdicts
        self.chance = random.Random(seed)
        self.canary = people.Canary(self.chance)
        self.name = f"{office.engine}, {'one after the other' if abreast == 1 else f'{abreast} abreast'}"
        self.copies, self.files, self.read = [], {}, 0
        self.apart = pathlib.Path(f"{office.folder}-apart")
        self.apart.mkdir()

    def hold(self, fact, text):
        self.verdicts.hold(fact, f"{self.name}: {text}")

    def lay(self):
        """Everything before the attacker's last thought; gives what is to be thought about."""
        self.invite()
        self.office.serve()
        self.fieldwork()
        self.while_open()
        self.kill()
        self.office.run("round", "move", self.office.round, "closed", "--reason", "the test is over")
        self.office.run("round", "open-envelopes", self.office.round, "--share", self.sheet)
        self.office.serve()
        self.take("opened")
        self.office.stop()

    def invite(self):
        codes = self.office.open_round(PEOPLE + DRAFTS + 1)
        letters = [tuple(row.values()) for row in csv.DictReader(codes.open())]
        # Letters are answered in another order than that of their numbers, which go district by district.
        self.chance.shuffle(letters)
        questions = people.Questions()
        self.people = [people.Person(at, letter, questions, self.chance) for at, letter in enumerate(letters)]
        self.people, self.drafting, self.idle = self.people[:PEOPLE], self.people[PEOPLE:][:DRAFTS], self.people[-1]
        self.by_sheet = {person.sheet: person for person in self.people}
        assert len(self.by_sheet) == PEOPLE, "every sheet can be known again"
        self.sheet = self.apart / "key-sheet.txt"
        shutil.move(self.office.sheet, self.sheet)
        shutil.move(codes, self.apart)
        self.office.sheet = self.sheet
        home = self.office.folder
        self.keys = [bytes.fromhex((home / "secrets" / name).read_text()) for name in ("service", "pepper", "release")]
        file = home / "trygg.db" if self.office.engine == "sqlite" else None
        self.target = loot.Target(self.apart / "loot", file, None if file else self.office.database)
        invited = self.target.copy("invited")
        self.round_id = invited.rows("rounds")[0]["id"]
        ids = {row["code_hash"]: row["invitation_id"] for row in invited.rows("invitation_codes")}
        for person in (*self.people, *self.drafting, self.idle):
            person.hashed = seals.code_hash(self.keys[0], self.round_id, person.code)
            person.invitation = ids[person.hashed]

    def fieldwork(self):
        """Everybody answers; everything is taken in the middle and at the end."""
        for person in self.drafting:
            people.walk(self.office.url, self.canary, person, pages=3)
        for name, part in (("middle", self.people[: PEOPLE // 2]), ("end", self.people[PEOPLE // 2 :])):
            people.answer(self.office.url, self.office.round, self.canary, part, self.abreast)
            replies = people.misbehave(self.office.url, self.office.round, self.canary, part[0], self.idle)
            statuses = [status for status, _ in replies]
            self.hold(all(status < 500 for status in statuses), f"no refusal is a fault: {statuses}")
            in_headers = [self.canary(place) for place in ("agent", "forwarded", "cookie", "header")]
            echoed = sum(word in text for _, text in replies for word in in_headers)
            self.hold(not echoed, f"no reply repeats a header, but {echoed} do")
            self.take(name)

    def take(self, name):
        self.copies.append(self.target.copy(name))
        moment = self.target.files() | self.target.statistics() | loot.told(self.office.url, self.apart / "told")
        if name != "end":
            moment |= self.target.backup(name)
        own = [path for path in self.office.folder.rglob("*") if path.is_file()]
        moment["folder of the service"] = [str(path) for path in own if not path.name.startswith("trygg.db")]
        shared = [path.name for path in own if path.name.startswith("trygg.db") and path.stat().st_mode & 0o077]
        self.hold(not shared, f"the files are their owner's alone: {shared}")
        needles = self.needles(name)
        self.files[name] = {kind: loot.search(needles, paths) for kind, paths in moment.items()}
        where = collections.defaultdict(set)
        for kind, hits in self.files[name].items():
            for _, _, (what, number) in hits:
                where[what].add((kind, number))
        for what in NEVER + (() if name == "opened" else ("answer",)):
            found = where[what]
            kinds, count = sorted({kind for kind, _ in found}), len({number for _, number in found})
            self.hold(not found, f"{name}: no {what} is readable, but {count} are, in {kinds}")
        if name == "opened":
            self.rewritten(where)
        else:
            self.read += len(where["answer"])
        looked_for = "answer" if name == "opened" else "letter"
        seen = {number for kind, number in where[looked_for] if kind == "main file"}
        self.hold(len(seen) == PEOPLE, f"{name}: the search finds {looked_for}s in the main file: {len(seen)}")
        for path in moment.get(f"backup {name}", ()):
            shutil.rmtree(path)

    def rewritten(self, where):
        """After the opening nothing of fieldwork lies in any file or backup. A server's log keeps it until its
        segments are used again, which residents and holders are told: sealed, and without answers."""
        log = {"log"} if self.office.engine == "postgresql" else set()
        for what in ("letter", "envelope", "draft"):
            left = {kind for kind, _ in where[what]} - log
            self.hold(not left, f"no {what} of fieldwork is left after the opening, but there is in {sorted(left)}")
        if log:
            count = len({number for _, number in where["envelope"]})
            print(f"note: {self.name}: {count} sealed envelopes still lie in the server's log after the opening")

    def needles(self, name):
        """Bytes that tell of a letter, of an answer, or of what nobody but the respondent has."""
        needles = {}

        def add(what, number, *tokens):
            needles.update((shape, (what, number)) for token in tokens for shape in loot.forms(token))

        add("canary", 0, self.canary.word)
        for network in (people.ANSWERING, people.FAILING):
            add("address of a respondent", 0, network + ".")
        for person in (*self.people, *self.drafting, self.idle):
            add("code", person.number, person.code, person.code.replace("-", ""))
            add("submission", person.number, str(person.submission), person.submission.bytes)
            if person.cookie:
                add("cookie", person.number, person.cookie)
        if name == "opened":
            for number, row in enumerate(self.copies[1].rows("envelopes")):
                add("envelope", number, row["envelope"])
            for number, row in enumerate(self.copies[1].rows("drafts")):
                add("draft", number, row["sealed"], row["id"])
        for person in self.people:
            add("letter", person.number, person.hashed, person.invitation)
            add("answer", person.number, person.sheet)
            for text in people.written(person.answers):
                needles[text.encode()] = ("answer", person.number)
        return needles

    def while_open(self):
        """What the last copy of fieldwork gives away: lengths, and what opens under keys at hand."""
        copy = self.copies[-1]
        envelopes, drafts = copy.rows("envelopes"), copy.rows("drafts")
        self.hold((len(envelopes), len(drafts)) == (PEOPLE, DRAFTS), f"{len(envelopes)} envelopes, {len(drafts)} drafts")
        for table, column in (("envelopes", "envelope"), ("bags", "encapsulation"), ("drafts", "sealed")):
            lengths = sorted({len(row[column]) for row in copy.rows(table)})
            self.hold(len(lengths) == 1, f"all {table} are equally long: {lengths}")
        cells = {cell for table in copy.tables.values() for row in table.rows for cell in row.values()}
        few = seals.keys_at_hand(self.keys, (), self.round_id)
        many = seals.keys_at_hand(self.keys, cells, self.round_id)
        opened = sum(seals.open_draft(row, self.keys[1], many) is not None for row in drafts)
        self.hold(opened == 0, f"no draft opens without its cookie, but {opened} do")
        for person in self.drafting:
            plain = [text for row in drafts if (text := seals.open_draft(row, self.keys[1], [person.cookie]))]
            right = len(plain) == 1 and plain[0].startswith(person.invitation)
            self.hold(right, "with its cookie one draft opens, and it is that of the letter")
        opened = sum(seals.open_envelope(row, few) is not None for row in envelopes)
        opened += sum(seals.open_envelope(row, many) is not None for row in self.chance.sample(envelopes, 20))
        self.hold(opened == 0, f"no envelope opens under a key at hand, but {opened} do")
        self.tried = len(many)
        if self.abreast == 1:
            self.restore()

    def restore(self):
        """A copy of fieldwork with all secrets of the server: closed for ever without the holder's sheet, and with
        it all open, which proves that the copy was whole (K6, one holder)."""
        other = self.office.copied(self.apart / "restored")
        guesses = [key.hex() for key in self.keys] + [key.decode("latin1") for key in self.keys]
        for at, guess in enumerate(guesses + [self.people[0].code, "", "0"]):
            (self.apart / f"guess-{at}").write_text(guess)
        shares = [word for path in sorted(self.apart.glob("guess-*")) for word in ("--share", path)]
        other.run("round", "move", other.round, "closed", "--reason", "copied")
        refused = subprocess.run(
            [other.trygg, *map(str, ("round", "open-envelopes", other.round, *shares))],
            env=other.environment,
            capture_output=True,
            text=True,
        )
        opened = other.query("SELECT count(*) FROM responses")
        self.hold(refused.returncode != 0 and opened == 0, f"the secrets open no copy, but {opened} answers of it")
        other.run("round", "open-envelopes", other.round, "--share", self.sheet)
        self.hold(other.query("SELECT count(*) FROM responses") == PEOPLE, "with the holder's sheet the copy opens")
        other.drop()

    def kill(self):
        """Ends the service as a fault in it would. What is then left on the disk is loot, too."""
        process, self.office.process = self.office.process, None
        os.kill(process.pid, signal.SIGABRT)
        _, status = os.waitpid(process.pid, 0)
        process.returncode = -os.WTERMSIG(status)
        self.hold(not os.WCOREDUMP(status), "a service that dies leaves no copy of its memory")

    def attack(self):
        """Who can be linked after the opening, with the old copies at hand."""
        left = [name for name in ("envelopes", "bags", "drafts", "invitations") if self.copies[-1].rows(name)]
        self.hold(not left, f"fieldwork is gone: {left}")
        numbers = [person.number for person in self.people]
        told = {
            "order of sending": lambda person: person.number,
            "time of sending": lambda person: person.sent,
            "time of the reply": lambda person: person.replied,
            "number of the letter": lambda person: int(person.letter_no),
            "code": lambda person: person.code,
            "hash of the code": lambda person: person.hashed,
        }
        told = {name: {person.number: of(person) for person in self.people} for name, of in told.items()}
        letters = linking.Known(numbers, **told)
        length = len(self.people[0].sheet)
        areas = {person.number: person.area for person in self.people}

        def person_of(cell):
            return self.by_sheet.get(cell[1 : 1 + length])

        attack = judge.attack(letters, self.copies, self.files, person_of, self.keys, self.seed, areas)
        self.hold(len(attack.truth) == PEOPLE, f"every answer is there after the opening: {len(attack.truth)}")
        links, chosen = attack.judged()
        in_district, chosen_there = attack.judged(districts=True)
        correlation = attack.correlation()
        best, way = attack.best_of_all()
        most = linking.chance_of_all(len(attack.ways))
        self.hold(links <= MOST, f"{links} are linked by {chosen}")
        self.hold(in_district <= MOST_WITH_DISTRICT, f"{in_district} are linked in their districts by {chosen_there}")
        self.hold(correlation < MOST_CORRELATION, f"the rank correlation is {correlation:.3f}")
        ways = len(attack.ways)
        self.hold(best < most, f"{best} are linked by {way}; by chance none of {ways} ways links {most}")
        row = [self.name, self.read, links, in_district, f"{correlation:+.3f}", f"{best} (< {most})", ways, self.tried]
        print(f"| {' | '.join(map(str, row))} |", flush=True)
        return links
