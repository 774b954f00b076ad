#!/usr/bin/env python3
"""Switches off one step of the gate after the other and runs its tests: each time one of them has to fail
(statistics specification, 12, G8).

The two rooms that the tests need, `stats` and `questionnaire`, are copied into a crate of their own, which builds
in seconds. A mutation that does not fit the code any more, or does not compile, is a failure of this program.

usage: mutations.py FOLDER [WORD …]
FOLDER is where the crate is made; it is kept, so that a second run is quick. With words, only the steps named so.
"""

import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
GATE = "src/stats/disclosure/"
NEEDED = {"chrono", "csv", "microlp", "rand", "rand_chacha", "serde", "serde_json", "sha2", "statrs", "thiserror", "toml",
          "tracing", "unic-langid", "unicode-normalization", "uuid", "validator", "proptest", "rstest", "tempfile"}

# What is switched off: the file, a text that stands in it once, and what takes its place.
MUTATIONS = [
    ("the least number of answers", "primary.rs", "record.valid < floor.n_min", "record.valid < 1"),
    ("rounding by the number of answers", "rounding.rs", "unit.decimals < 2 && unit.size() + 1e-12 >= 100.0 / real(valid)", "unit.decimals < 2"),
    ("withholding for others", "withhold.rs", "outcome.withheld.push(figure);", "return Ok(outcome);"),
    ("withholding several where no one helps", "withhold.rs", "None => system.jointly(target, rules)?,", "None => Vec::new(),"),
    ("putting back what was not needed", "withhold.rs", "if width(&self.attack, &target.terms, target.count, 0.0)? < self.need(target, rules) + target.margin() {", "if true {"),
    ("differences of figures as targets", "targets.rs", "for (other, &sum) in shown[..place].iter().zip(&sums) {", "for (other, &sum) in shown[..0].iter().zip(&sums) {"),
    ("single groups as targets", "targets.rs", "for atom in (0..valid.len()).filter(|&atom| valid[atom] > 0) {", "for atom in (0..0).filter(|&atom: &usize| valid[atom] > 0) {"),
    ("withheld groups as targets", "targets.rs", "found.extend(protected.iter().filter(|atoms| atoms.sum(valid) > 0).cloned());", ""),
    ("what earlier releases have shown", "judge.rs", "entries: self.ledger.iter().chain([entry]).collect()", "entries: vec![entry]"),
    ("the check of the true figures", "system.rs", "self.check_truth(attack, &start)?;", ""),
    ("the attack on numbers of answers", "count.rs", "withhold::protect(&mut system, &targets, rules)", "withhold::protect(&mut system, &[], rules)"),
    ("older numbers of answers", "count.rs", "entry.round == judged.round && aligned", "entry.atoms == judged.atoms && aligned"),
    ("what the unit tells of a number of answers", "judge.rs", "n: told_n(n, unit, range, n_min)", "n: super::rounding::n_range(n, n_min)"),
    ("answers to one question together", "judge.rs", "judged.withhold_together(&planned, &mut alone);", ""),
    ("the other half of two shares", "system.rs", "(self.unknowns[at].valid == valid).then_some(at)", "(self.unknowns[at].valid == valid).then_some(at).filter(|_| false)"),
    ("areas made of whole districts", "judge.rs", "judged.check_areas(&planned)?;", ""),
    ("corrections by a few answers", "judge.rs", "judged.check_revision(&planned)?;", ""),
    ("composites of withheld parts", "primary.rs", "*status = Status::Withheld(Withheld::PartWithheld);", ""),
    ("what one figure leaves by itself", "targets.rs", "(rules.width * self.range).min(rules.single_source * alone)", "(rules.width * self.range).min(0.1 * alone)"),
]


def crate(folder):
    for part in ("src/stats", "src/questionnaire", "tests/stats", "tests/oracle", "survey-definitions"):
        shutil.rmtree(folder / part, ignore_errors=True)
        shutil.copytree(ROOT / part, folder / part)
    (folder / "src/lib.rs").write_text("pub mod questionnaire;\npub mod stats;\n")
    shutil.copy(ROOT / "Cargo.lock", folder / "Cargo.lock")
    shared = folder.parent / "shared"
    if not shared.exists() and (ROOT.parent / "shared").exists():
        shared.symlink_to((ROOT.parent / "shared").resolve())
    manifest = (ROOT / "Cargo.toml").read_text()
    parts = dict(re.findall(r"^\[([\w.-]+)\]\n(.*?)(?=^\[|\Z)", manifest, re.M | re.S))
    kept = lambda table: "".join(line + "\n" for line in parts[table].splitlines() if line.split(" ")[0] in NEEDED | {"microlp", "sprs"})
    text = '[package]\nname = "trygg"\nversion = "0.0.0"\nedition = "2024"\n\n[dependencies]\n' + kept("dependencies")
    text += "\n[dev-dependencies]\n" + kept("dev-dependencies")
    text += "\n[profile.dev]\nopt-level = 1\ndebug = false\n\n[profile.dev.package]\n" + kept("profile.dev.package")
    (folder / "Cargo.toml").write_text(text)


def cargo(folder, *arguments):
    run = ["cargo", "test", "--quiet", "--offline", "--test", "stats", *arguments]
    return subprocess.run(run, cwd=folder, capture_output=True, text=True)


def tests(folder):
    """Names of the tests that fail; what does not compile ends the program."""
    built = cargo(folder, "--no-run")
    if built.returncode:
        sys.exit(f"does not compile:\n{built.stderr[-3000:]}")
    run = cargo(folder, "--", "gate", "publication", "--skip", "without_coarse_rounding")
    return re.findall(r"^    ([\w:]+)$", run.stdout, re.M), run.returncode


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    crate(folder)
    failing, status = tests(folder)
    if status:
        sys.exit(f"the tests fail before anything is switched off: {failing}")
    survived = 0
    mutations = [mutation for mutation in MUTATIONS if all(word in mutation[0] for word in sys.argv[2:])]
    for what, file, old, new in mutations:
        place = folder / GATE / file
        text = place.read_text()
        if text.count(old) != 1:
            sys.exit(f"{file} has {text.count(old)} places like {old!r}: say anew how to switch off {what}")
        place.write_text(text.replace(old, new))
        failing, status = tests(folder)
        place.write_text(text)
        if status and not failing:
            sys.exit(f"without {what} the tests did not run to their end")
        survived += not failing
        print(f"without {what}: " + (f"{len(set(failing))} tests fail" if failing else "NO TEST FAILS"), flush=True)
    print(f"note: {len(mutations)} steps of the gate switched off one by one, {survived} without any test noticing")
    sys.exit(1 if survived else 0)


main()
