#!/usr/bin/env python3
"""Attacks published surveys with a solver and a program of their own (statistics specification, 12, G6).

    attack.py SURVEYS.jsonl

Reads the lines of the example `gate_surveys`. Everything here is written from the specification, not from
the product: which groups are targets, what is known of them, how wide they must stay. Linear and integer
programs by HiGHS through scipy. A target that comes out narrower than it must be is a failure."""
import json, sys
import numpy as np
from scipy.optimize import linprog, milp, LinearConstraint, Bounds
from scipy.sparse import csr_matrix

SLACK = 1e-7


def inside(atom, domain):
    return all(domain.get(part) is None or domain[part] == atom.get(part) for part in ("area", "sex", "age", "tenure"))


def members(entry, domain):
    return frozenset(i for i, atom in enumerate(entry["atoms"]) if inside(atom, domain))


def small_groups(shown, protected, valid, n_min):
    """Atoms, differences and intersections with fewer than n_min answers, and withheld groups."""
    answers = lambda group: sum(valid[i] for i in group)
    kept = lambda group: frozenset(i for i in group if valid[i] > 0)
    found = {kept(group) for group in protected}
    found |= {frozenset([i]) for i, n in enumerate(valid) if 0 < n < n_min}
    groups = list(shown)
    for a in groups:
        for b in groups:
            for group in (a - b, a & b):
                if 0 < answers(group) < n_min:
                    found.add(kept(group))
    return sorted((group for group in found if group), key=sorted)


class Knowledge:
    """What two releases tell of a set of connected measures."""

    def __init__(self, entries, measures):
        self.entries, self.measures = entries, measures
        self.place, self.bounds = {}, []
        for r, entry in enumerate(entries):
            for m in entry["measures"]:
                if m["id"] in measures and m.get("valid"):
                    for i, n in enumerate(m["valid"]):
                        if n:
                            self.place[r, m["id"], i] = len(self.bounds)
                            self.bounds.append((0.0, m["range"]))
        self.rows = []
        for r, entry in enumerate(entries):
            for m in entry["measures"]:
                if m["id"] not in measures:
                    continue
                for s in m["shown"]:
                    self.row(self.mean(r, m["id"], s["domain"]), s)
                for c in m.get("changes", []):
                    earlier = next(e for e, other in enumerate(entries) if other["release"] == c["from"])
                    row = self.mean(r, m["id"], c["domain"])
                    for unknown, factor in self.mean(earlier, m["id"], c["domain"]).items():
                        row[unknown] = row.get(unknown, 0.0) - factor
                    self.row(row, c)
        data, indices, start = [], [], [0]
        for terms, _, _ in self.rows:
            indices += terms.keys()
            data += terms.values()
            start.append(len(data))
        matrix = csr_matrix((data, indices, start), shape=(len(self.rows), len(self.bounds)))
        self.matrix = csr_matrix(np.vstack([matrix.toarray(), -matrix.toarray()])) if self.rows else None
        self.limits = np.array([high for _, _, high in self.rows] + [-low for _, low, _ in self.rows])

    def row(self, terms, printed):
        value, half = printed["k"] * printed["unit"], printed["unit"] / 2
        self.rows.append((terms, value - half - SLACK, value + half + SLACK))

    def measure(self, r, name):
        return next(m for m in self.entries[r]["measures"] if m["id"] == name)

    def mean(self, r, name, domain):
        m = self.measure(r, name)
        if m.get("parts"):
            terms = {}
            for part, factor in m["parts"]:
                for unknown, x in self.mean(r, part, domain).items():
                    terms[unknown] = terms.get(unknown, 0.0) + factor * x
            return terms
        return self.over(r, name, members(self.entries[r], domain))

    def over(self, r, name, group):
        m = self.measure(r, name)
        weights = {i: m["weight"][i] for i in group if m["valid"][i]}
        whole = sum(weights.values())
        return {self.place[r, name, i]: w / whole for i, w in weights.items()}

    def interval(self, terms):
        cost = np.zeros(len(self.bounds))
        for unknown, factor in terms.items():
            cost[unknown] = factor
        ends = []
        for sign in (1, -1):
            found = linprog(sign * cost, A_ub=self.matrix, b_ub=self.limits, bounds=self.bounds, method="highs")
            if found.status != 0:
                raise SystemExit(f"the solver gave no optimum: {found.message}")
            ends.append(sign * found.fun)
        return ends

    def alone(self, r, name, group):
        """The width that the most telling shown figure leaves by itself."""
        m = self.measure(r, name)
        best = m["range"]
        for s in m["shown"]:
            whole = members(self.entries[r], s["domain"])
            if group <= whole:
                weight = lambda of: sum(m["weight"][i] for i in of)
                theta = weight(group) / weight(whole)
                value, half = s["k"] * s["unit"], s["unit"] / 2
                low = max(0.0, (value - half - (1 - theta) * m["range"]) / theta)
                high = min(m["range"], (value + half) / theta)
                best = min(best, high - low)
        return best


def counts(entry, m, group, count_width):
    """Least and greatest number of answers of a group, in whole numbers."""
    valid = m["valid"]
    rows = [(members(entry, s["domain"]), s["n"]) for s in m["shown"]]
    matrix = np.array([[1.0 if i in whole else 0.0 for i in range(len(valid))] for whole, _ in rows]).reshape(len(rows), len(valid))
    limits = LinearConstraint(matrix, [n[0] for _, n in rows], [n[1] for _, n in rows]) if rows else None
    cost = np.array([1.0 if i in group else 0.0 for i in range(len(valid))])
    ends = []
    for sign in (1, -1):
        found = milp(sign * cost, constraints=limits, integrality=np.ones(len(valid)), bounds=Bounds(0, sum(entry["respondents"])))
        if found.status != 0:
            raise SystemExit(f"the solver gave no optimum: {found.message}")
        ends.append(round(sign * found.fun))
    return ends[1] - ends[0] >= count_width, ends


def main():
    surveys = targets = refused = near = 0
    failures = []
    for line in open(sys.argv[1]):
        survey = json.loads(line)
        if "refused" in survey:
            refused += 1
            continue
        surveys += 1
        entries = survey["entries"]
        systems = [{"rare", "points", "sum"}]
        for measures in systems:
            known = Knowledge(entries, measures)
            for r, entry in enumerate(entries):
                for m in entry["measures"]:
                    if not m.get("valid") or m["id"] not in measures:
                        continue
                    shown = {members(entry, s["domain"]) for s in m["shown"]}
                    protected = [members(entry, domain) for domain in m.get("protected", [])]
                    for group in small_groups(shown, protected, m["valid"], survey["n_min"]):
                        low, high = known.interval(known.over(r, m["id"], group))
                        need = min(survey["width"] * m["range"], survey["single_source"] * known.alone(r, m["id"], group))
                        targets += 1
                        near += high - low < 1.05 * need
                        if high - low < need - 1e-5:
                            failures.append(f"seed {survey['seed']}: {m['id']} of {sorted(group)} in {entry['round']}: {low:.4f}-{high:.4f}, needs {need:.4f}")
                        wide, ends = counts(entry, m, group, survey["count_width"])
                        targets += 1
                        if not wide:
                            failures.append(f"seed {survey['seed']}: the answers to {m['id']} of {sorted(group)}: {ends}")
    print(f"{surveys} surveys published, {refused} refused; {targets} targets attacked by HiGHS, {near} within 5 % of their limit")
    for failure in failures[:20]:
        print(failure)
    if surveys < 5 or targets < 100:
        failures.append("too little was attacked to say anything")
        print(failures[-1])
    print(f"{targets - len(failures)} passed, {len(failures)} failed")
    sys.exit(1 if failures else 0)


main()
