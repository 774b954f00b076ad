"""Knows which letter is behind each answer, lets the attacker loose and says whether it was right."""

import collections

import linking


class Verdicts:
    """What held and what did not."""

    def __init__(self):
        self.failures, self.count = [], 0

    def hold(self, fact, text):
        self.count += 1
        if not fact:
            self.failures.append(text)
            print("FAILED:", text, flush=True)


def readable(copies, person_of):
    """Every readable answer in any copy, with what stands beside it; `person_of` knows a cell that holds one."""
    answers, found = linking.Known([]), {}
    for copy in copies:
        for table in copy.tables.values():
            pairs = []
            for row in table.rows:
                for column, cell in row.items():
                    person = person_of(cell) if isinstance(cell, bytes) else None
                    if person:
                        # What was answered is known of no letter; how long the answer is may be.
                        pairs.append((person.number, {**row, column: None, f"length of {column}": len(cell)}))
                        found[person.number] = person
                        break
            if pairs:
                answers.learn(copy, table, pairs)
    answers.things = sorted(found)
    return answers, found


def attack(letters, copies, files, person_of, keys, seed, areas=None):
    """The attack on `copies` and on where things lie in `files`: moment → kind → hits of `loot.search`, owned by
    ("letter" or "answer", number). With `areas`, the district of each letter, answers tell theirs."""
    answers, found = readable(copies, person_of)
    linking.follow(letters, copies)
    linking.follow(answers, copies)
    neighbours = {}
    for known in (letters, answers):
        linking.note_changes(known, copies)
    for moment, kinds in files.items():
        for kind, hits in kinds.items():
            of = collections.defaultdict(list)
            for path, offset, (what, number) in hits:
                of[what].append((path, offset, number))
            name = f"{kind} ({moment})"
            linking.note_places(letters, of["letter"], name)
            linking.note_places(answers, of["answer"], name)
            neighbours[name] = linking.side_by_side(of["letter"], of["answer"])
    truth = {number: number for number in found}
    area_of_answer = areas and {number: areas[number] for number in found}
    return linking.Attack(letters, answers, truth, areas, area_of_answer, neighbours, keys, seed)
