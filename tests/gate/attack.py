#!/usr/bin/env python3
"""Attacks published surveys with a solver and a program of their own (statistics specification, 12, G6).

    attack.py SURVEYS.jsonl OPEN.jsonl

Reads the lines of the example `gate_surveys`: for each round what was published, and what only staff
know, which says what has to stay unknown. Everything here is written from the specification, not from the
product: what the printed numbers tell, which groups are targets, how wide they must stay. Linear and
integer programs by HiGHS. A target that comes out narrower than it must be is a failure. In the surveys of
the second file the gate asked for nothing: there the attack has to succeed, which proves that it can."""
import json, sys
import highspy

SLACK = 1e-7
CLASSES = ("area", "sex", "age", "tenure")


def inside(atom, domain):
    return all(domain.get(part) is None or domain[part] == atom.get(part) for part in CLASSES)


def small_groups(shown, protected, valid, n_min):
    """Atoms, differences and intersections with fewer than n_min answers, and withheld groups."""
    answers = lambda group: sum(valid[i] for i in group)
    kept = lambda group: frozenset(i for i in group if valid[i] > 0)
    found = {kept(group) for group in protected}
    found |= {frozenset([i]) for i, n in enumerate(valid) if 0 < n < n_min}
    for a in shown:
        for b in shown:
            found |= {kept(group) for group in (a - b, a & b) if 0 < answers(group) < n_min}
    return sorted((group for group in found if group), key=sorted)


def printed_n(n):
    """As the specification prints a number of answers: to the nearest 5 below 100, else 10, halves up."""
    step = 5 if n < 100 else 10
    return (n + step // 2) // step * step


def unit(n):
    """The unit of rounding on a scale of 100."""
    return next(size for least, size in ((1000, 0.1), (500, 0.2), (200, 0.5), (100, 1), (50, 2), (20, 5)) if n >= least)


def stands_for(n, rounded_to, n_min):
    """Least and greatest number of answers that are printed as n beside a figure with this unit."""
    alike = [m for m in range(max(n_min, n - 10), n + 11) if printed_n(m) == n and abs(unit(m) - rounded_to) < 1e-9]
    return alike[0], alike[-1]


class Program:
    """Rows over unknowns, minimised and maximised for one sum after another. The point found last is where
    the next search begins, which makes a search among hundreds of targets a short one."""

    def __init__(self, most, whole=False):
        self.model = highspy.Highs()
        self.model.setOptionValue("output_flag", False)
        self.model.setOptionValue("threads", 1)
        self.asked = []
        for high in most:
            self.model.addVar(0.0, high)
        if whole:
            for unknown in range(len(most)):
                self.model.changeColIntegrality(unknown, highspy.HighsVarType.kInteger)

    def row(self, terms, low, high):
        terms = [(unknown, factor) for unknown, factor in terms.items() if factor]
        self.model.addRow(low, high, len(terms), [t[0] for t in terms], [t[1] for t in terms])

    def interval(self, terms):
        for unknown in self.asked:
            self.model.changeColCost(unknown, 0.0)
        self.asked = list(terms)
        for unknown, factor in terms.items():
            self.model.changeColCost(unknown, factor)
        ends = []
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            self.model.changeObjectiveSense(sense)
            self.model.run()
            if self.model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                raise SystemExit(f"the solver gave no optimum: {self.model.getModelStatus()}")
            ends.append(self.model.getObjectiveValue())
        return ends


class Round:
    """What was published of one round, and the answers behind it."""

    def __init__(self, told, n_min):
        self.name, self.atoms, self.n_min = told["round"], told["atoms"], n_min
        self.respondents = sum(told["respondents"])
        self.measures = {m["id"]: m for m in told["measures"]}
        self.shown = {name: [] for name in self.measures}
        for record in told["records"]:
            if record.get("value") is not None:
                self.shown[record["measure"]].append(record)
        self.changes = told["changes"]

    def members(self, domain):
        return frozenset(i for i, atom in enumerate(self.atoms) if inside(atom, domain))

    def weights(self, name, group):
        m = self.measures[name]
        weights = {i: m["weight"][i] for i in group if m["valid"][i]}
        whole = sum(weights.values())
        return {i: weight / whole for i, weight in weights.items()}

    def targets(self, name):
        m = self.measures[name]
        shown = {self.members(record["domain"]) for record in self.shown[name]}
        protected = [self.members(domain) for domain in m.get("protected", [])]
        return small_groups(shown, protected, m["valid"], self.n_min)

    def alone(self, name, group):
        """The width that the most telling shown figure leaves by itself."""
        m = self.measures[name]
        best = m["range"]
        weight = lambda of: sum(m["weight"][i] for i in of)
        for record in self.shown[name]:
            whole = self.members(record["domain"])
            if group <= whole:
                theta = weight(group) / weight(whole)
                value, half = record["value"], record["rounded_to"] / 2
                low = max(0.0, (value - half - (1 - theta) * m["range"]) / theta)
                high = min(m["range"], (value + half) / theta)
                best = min(best, high - low)
        return best

    def counts(self, name, group, count_width):
        """Whether the number of answers of a group stays unknown; whole numbers only where it may not."""
        ends = None
        for whole in (False, True):
            program = Program([self.respondents] * len(self.atoms), whole)
            for record in self.shown[name]:
                low, high = stands_for(record["n"], record["rounded_to"], self.n_min)
                program.row({i: 1.0 for i in self.members(record["domain"])}, low, high)
            ends = program.interval({i: 1.0 for i in group})
            if ends[1] - ends[0] >= 2 * count_width:
                return True, ends
        return ends[1] - ends[0] >= count_width - 1e-6, ends


def means(rounds):
    """The program of all measures of all rounds, with the place of every unknown mean."""
    place, most = {}, []
    for r, told in enumerate(rounds):
        for name, m in told.measures.items():
            for i, n in enumerate(m.get("valid", [])):
                if n:
                    place[r, name, i] = len(most)
                    most.append(m["range"])
    program = Program(most)

    def mean(r, name, domain):
        told = rounds[r]
        parts = told.measures[name].get("parts") or []
        if not parts:
            return {place[r, name, i]: w for i, w in told.weights(name, told.members(domain)).items()}
        terms = {}
        for part, factor in parts:
            for unknown, x in mean(r, part, domain).items():
                terms[unknown] = terms.get(unknown, 0.0) + factor * x
        return terms

    def printed(terms, value, unit):
        program.row(terms, value - unit / 2 - SLACK, value + unit / 2 + SLACK)

    for r, told in enumerate(rounds):
        for name, records in told.shown.items():
            for record in records:
                printed(mean(r, name, record["domain"]), record["value"], record["rounded_to"])
        for change in told.changes:
            if change.get("difference") is not None:
                terms = mean(r, change["measure"], change["domain"])
                for unknown, factor in mean(r - 1, change["measure"], change["domain"]).items():
                    terms[unknown] = terms.get(unknown, 0.0) - factor
                # A change is the difference of two printed figures: each is off by half a unit.
                units = 0.0
                for at in (r, r - 1):
                    shown = rounds[at].shown[change["measure"]]
                    units += next(record["rounded_to"] for record in shown if record["domain"] == change["domain"])
                printed(terms, change["difference"], units)
    return program, place


def attack(path):
    """Numbers of what was attacked, and the targets that came out too narrow."""
    found = dict(surveys=0, refused=0, changes=0, targets=0, near=0)
    narrow = []
    for line in open(path):
        survey = json.loads(line)
        if "refused" in survey:
            found["refused"] += 1
            continue
        found["surveys"] += 1
        rounds = [Round(told, survey["n_min"]) for told in survey["rounds"]]
        found["changes"] += sum(change.get("difference") is not None for told in rounds for change in told.changes)
        program, place = means(rounds)
        for r, told in enumerate(rounds):
            for name, m in told.measures.items():
                for group in told.targets(name) if m.get("valid") else []:
                    where = f"seed {survey['seed']}: {name} of {sorted(group)} in {told.name}"
                    low, high = program.interval({place[r, name, i]: w for i, w in told.weights(name, group).items()})
                    need = min(survey["width"] * m["range"], survey["single_source"] * told.alone(name, group))
                    found["targets"] += 2
                    found["near"] += high - low < 1.05 * need
                    if high - low < need - 1e-5:
                        narrow.append(f"{where}: {low:.4f}-{high:.4f}, needs {need:.4f}")
                    wide, ends = told.counts(name, group, survey["count_width"])
                    if not wide:
                        narrow.append(f"{where}: {ends} answers")
    return found, narrow


def main():
    found, narrow = attack(sys.argv[1])
    print("note: {surveys} surveys published, {refused} refused; {targets} targets attacked by HiGHS with {changes} "
          "changes, {near} within 5 % of their limit".format(**found))
    print("\n".join([f"note: {len(narrow)} too narrow"] + narrow[:20]))
    of_open, narrow_in_open = attack(sys.argv[2])
    print("note: {surveys} surveys published by a gate that asks for nothing, {targets} targets".format(**of_open)
          + f": {len(narrow_in_open)} too narrow")
    too_little = found["targets"] < 1000 or found["changes"] < 500 or len(narrow_in_open) < 50
    if too_little:
        print("too little was attacked, or the attack finds too little, to say anything")
    sys.exit(1 if narrow or too_little else 0)


main()
