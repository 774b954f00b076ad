"""The attacker. It is given letters (what an insider knows of each code and of when it was used), readable
answers, copies of the tables and files in which either lies; it knows no schema. It finds what belongs to a
letter and what belongs to an answer by following equal values, hidden ones too, and then tries every property of
letters against every property of answers: equal, equal after a hash or a keyed hash, of the same rank, of the
opposite rank; and whatever lies side by side in a file.

An attacker who tries a thousand ways finds one that fits by chance. So it is told the truth for half of the
people, as friends who answered together may tell it, keeps the way that is best for that half, and is judged by
the other half; then the other way round. By chance that gives one right link in all, whatever the number of people
(and one a district where the district is known).
"""

import bisect
import collections
import hashlib
import hmac
import math
import random
import statistics

# A value shared by more rows than this identifies nobody.
CROWD = 64
# Bytes between two things that lie side by side.
NEAR = 512
MOVING = ("at", "ctid", "xmin", "xmax", "cmin", "cmax", "rowid")


class Known:
    """What is known of some things (letters, answers): for each property its value a thing."""

    def __init__(self, things, **properties):
        self.things = list(things)
        self.properties = {name: dict(values) for name, values in properties.items()}
        self.learned = set()
        # What the columns of a thing's rows say in each copy, those that move without an act left out.
        self.seen = collections.defaultdict(lambda: collections.defaultdict(list))

    def learn(self, copy, table, pairs):
        """Things and the rows of `table` that belong to them."""
        found = collections.defaultdict(dict)
        self.learned.add((copy.name, table.name))
        for thing, row in pairs:
            for column, value in row.items():
                if value in (None, ""):
                    continue
                found[f"{copy.name}.{table.name}.{column}"][thing] = value
                if isinstance(value, (bytes, str)):
                    found[f"{copy.name}.{table.name}.length of {column}"][thing] = len(value)
            self.seen[thing][copy.name].extend(str(value) for column, value in row.items() if column not in MOVING)
        # What a copy tells just as another did is known already.
        self.properties |= {name: told for name, told in found.items() if told not in self.properties.values()}


def identifying(name, found, copy):
    """Whether equal values mean the same thing: long texts and bytes, and within one copy the transaction."""
    return long(found) or name.startswith(f"{copy.name}.") and name.endswith(".xmin")


def long(found):
    """Whether a value is a text or bytes that few things have in common by chance."""
    return isinstance(found, (bytes, str)) and len(found) >= 8


def groups(pairs):
    by_value = collections.defaultdict(list)
    for value, thing in pairs:
        by_value[value].append(thing)
    return by_value


def follow(known, copies):
    """Learns the rows that hold what is known, then what those rows lead to, until nothing new is found."""
    for copy in copies:
        left = {
            name: table
            for name, table in copy.tables.items()
            if len(table.rows) >= len(known.things) // 10 and (copy.name, name) not in known.learned
        }
        while found := next((found for table in left.values() if (found := join(known, copy, table))), None):
            table, pairs = found
            known.learn(copy, table, pairs)
            del left[table.name]


def join(known, copy, table):
    """The rows of `table` that belong to known things, by the column and property that join most of them."""
    best = None
    for column in table.columns():
        rows = groups((row[column], at) for at, row in enumerate(table.rows) if row[column] not in (None, ""))
        for name, values in known.properties.items():
            hidden = column == "xmin", name.endswith(".xmin")
            if not values or not identifying(name, next(iter(values.values())), copy) or hidden[0] != hidden[1]:
                continue
            things = groups((value, thing) for thing, value in values.items())
            pairs = []
            for value, alike in things.items():
                held = rows.get(value, [])
                if held and max(len(held), len(alike)) <= CROWD:
                    pairs.extend(zip(alike, held))
            if len(pairs) >= len(known.things) // 4 and (best is None or len(pairs) > len(best)):
                best = pairs
    return best and (table, [(thing, table.rows[at]) for thing, at in best])


def note_changes(known, copies):
    """In which copy each thing's rows are first seen, and first seen otherwise than in the first."""
    first, changed = {}, {}
    for thing in known.things:
        seen = [known.seen[thing].get(copy.name) for copy in copies]
        if told := [at for at, found in enumerate(seen) if found]:
            first[thing] = told[0]
            otherwise = (at for at, found in enumerate(seen) if found and found != seen[told[0]])
            changed[thing] = next(otherwise, len(copies))
    known.properties |= {"first seen in copy": first, "changed in copy": changed}


def note_places(known, hits, kind):
    """First and last place of a thing in the files of one kind."""
    first, last = {}, {}
    for path, offset, thing in hits:
        place = (path, offset)
        first[thing] = min(first.get(thing, place), place)
        last[thing] = max(last.get(thing, place), place)
    known.properties |= {f"first place in {kind}": first, f"last place in {kind}": last}


def side_by_side(letters, answers):
    """Each answer with the letter nearest to any of its places (hits of `loot.search`)."""
    by_file = collections.defaultdict(list)
    for path, offset, letter in letters:
        by_file[path].append((offset, letter))
    for found in by_file.values():
        found.sort()
    nearest = {}
    for path, offset, answer in answers:
        found = by_file.get(path, [])
        at = bisect.bisect(found, (offset,))
        for place, letter in found[max(0, at - 1) : at + 1]:
            distance = abs(place - offset)
            if distance <= NEAR and distance < nearest.get(answer, (NEAR + 1,))[0]:
                nearest[answer] = (distance, letter)
    return {answer: letter for answer, (_, letter) in nearest.items()}


def spelled(value, secrets):
    """What a value may have been turned into: itself, its hash, its keyed hash; the first 6 bytes of each."""
    raw = value.encode() if isinstance(value, str) else value
    spellings = {raw[:6], *(hashlib.new(name, raw).digest()[:6] for name in ("sha256", "sha1", "md5"))}
    spellings |= {hmac.digest(secret, raw, "sha256")[:6] for secret in secrets}
    return spellings


class Attack:
    """Every way of telling which answer belongs to which letter, on one state of things.

    `letters`, `answers`: Known. `truth`: answer → letter. `areas`: the district of each letter; answers tell
    theirs (`area_of_answer`), or None where they do not. `neighbours`: links by place, by kind of file."""

    def __init__(self, letters, answers, truth, areas, area_of_answer, neighbours, secrets, seed):
        self.letters, self.answers, self.truth = letters, answers, truth
        self.areas, self.area_of_answer = areas, area_of_answer
        self.chance = random.Random(seed)
        self.secrets = secrets
        self.ways = {}
        self.correlations = {}
        for kind, links in neighbours.items():
            self.ways[f"side by side in {kind}"] = self.right(links)
        self.by_equal_values()
        self.by_rank()
        people = sorted(set(truth.values()))
        self.chance.shuffle(people)
        self.halves = people[: len(people) // 2], people[len(people) // 2 :]

    def right(self, links):
        """The letters whose answer `links` (answer → letter) tells."""
        return frozenset(letter for answer, letter in links.items() if self.truth.get(answer) == letter)

    def pair(self, letters, answers):
        """One letter an answer from two lists that are alike in what was looked at."""
        letters, answers = list(letters), list(answers)
        self.chance.shuffle(letters)
        return dict(zip(answers, letters))

    def by_equal_values(self):
        spelled_of = {
            name: {letter: spelled(value, self.secrets) for letter, value in values.items() if long(value)}
            for name, values in self.letters.properties.items()
        }
        for answer_name, of_answers in self.answers.properties.items():
            plain = groups((value, answer) for answer, value in of_answers.items())
            short = groups(
                ((value.encode() if isinstance(value, str) else value)[:6], answer)
                for answer, value in of_answers.items()
                if long(value)
            )
            for letter_name, of_letters in self.letters.properties.items():
                name = f"{letter_name} = {answer_name}"
                links = {}
                for value, letters in groups((value, letter) for letter, value in of_letters.items()).items():
                    links |= self.pair(letters, plain.get(value, ()))
                if links:
                    self.ways[name] = self.right(links)
                links = {}
                for letter, spellings in spelled_of[letter_name].items():
                    for spelling in spellings:
                        links |= {answer: letter for answer in short.get(spelling, ())[:1]}
                if links:
                    self.ways[f"hash of {name}"] = self.right(links)

    def orders(self, known):
        """The things in the order of each property that can be compared; an order that was met is left out."""
        orders = {}
        for name, values in known.properties.items():
            if len(set(values.values())) < 2 or len({type(value) for value in values.values()}) > 1:
                continue
            mixed = list(values)
            self.chance.shuffle(mixed)
            order = tuple(sorted(mixed, key=values.get))
            if order not in orders.values():
                orders[name] = order
        return orders

    def by_rank(self):
        letter_of = self.truth
        answer_orders = self.orders(self.answers)
        for letter_name, letters in self.orders(self.letters).items():
            for answer_name, answers in answer_orders.items():
                for turned in (False, True):
                    ordered = letters[::-1] if turned else letters
                    name = f"{'opposite' if turned else 'same'} rank: {letter_name} and {answer_name}"
                    self.ways[name] = self.right(dict(zip(answers, ordered)))
                    if self.area_of_answer:
                        self.ways[f"{name}, in each district"] = self.right(self.within_areas(answers, ordered))
                rank = {letter: at for at, letter in enumerate(letters)}
                self.correlations[f"{letter_name} and {answer_name}"] = [
                    (rank[letter_of[answer]], at, letter_of[answer])
                    for at, answer in enumerate(answers)
                    if letter_of[answer] in rank
                ]

    def within_areas(self, answers, letters):
        queues = collections.defaultdict(collections.deque)
        for letter in letters:
            queues[self.areas[letter]].append(letter)
        return {answer: queues[area].popleft() for answer in answers if queues[area := self.area_of_answer[answer]]}

    def judged(self, districts=False):
        """Right links of the ways chosen by halves: how many, and which ways were chosen."""
        ways = {name: right for name, right in self.ways.items() if name.endswith(", in each district") == districts}
        if not ways:
            return 0, ()
        links, chosen = 0, []
        for told, other in (self.halves, self.halves[::-1]):
            told, other = set(told), set(other)
            best = max(sorted(ways), key=lambda name: len(ways[name] & told))
            links += len(ways[best] & other)
            chosen.append(best)
        return links, tuple(dict.fromkeys(chosen))

    def correlation(self):
        """Spearman's rank correlation of the orders chosen by halves, the mean of the two halves."""
        found = []
        for told, other in (self.halves, self.halves[::-1]):
            told, other = set(told), set(other)
            scores = {name: spearman(pairs, told) for name, pairs in self.correlations.items()}
            if not scores:
                return 0.0
            best = max(sorted(scores), key=lambda name: abs(scores[name]))
            found.append(math.copysign(1, scores[best]) * spearman(self.correlations[best], other))
        return statistics.mean(found)

    def best_of_all(self):
        """The way that, looked at afterwards, links most people without looking at districts."""
        ways = {name: right for name, right in self.ways.items() if not name.endswith(", in each district")}
        best = max(sorted(ways), key=lambda name: len(ways[name]), default=None)
        return (len(ways[best]) if best else 0), best


def spearman(pairs, people):
    pairs = [(left, right) for left, right, letter in pairs if letter in people]
    if len(pairs) < 10:
        return 0.0
    left, right = (ranks([pair[side] for pair in pairs]) for side in (0, 1))
    return statistics.correlation(left, right)


def ranks(values):
    order = sorted(range(len(values)), key=values.__getitem__)
    ranked = [0] * len(values)
    for rank, at in enumerate(order):
        ranked[at] = rank
    return ranked


def chance_of_all(ways):
    """So many right links does one of `ways` ways give by chance less than once in a million times: each gives
    one in the mean, as a Poisson count."""
    count, tail = 0, 1.0
    term = math.exp(-1)
    while ways * tail > 1e-6:
        tail -= term
        count += 1
        term /= count
        if tail < 1e-15:
            break
    return count
