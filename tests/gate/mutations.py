#!/usr/bin/env python3
"""Switches off one step of the gate after the other and runs the test that is there for it: each time it has to
fail (statistics specification, 12, G8).

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

# What is switched off, the test that has to notice, the file, a text that stands in it once, and what takes its place.
MUTATIONS = [
    ("the least number of answers", "publication::each_figure_has_the_status_of_the_first_rule_that_hits",
     "primary.rs", "record.valid < floor.n_min", "record.valid < 1"),
    ("rounding by the number of answers", "publication::the_ladder_rounds_coarser_the_fewer_answer",
     "rounding.rs", "unit.decimals < 2 && unit.size() + 1e-12 >= 100.0 / real(valid)", "unit.decimals < 2"),
    ("withholding for others", "gate_attacks::a_withheld_district_does_not_follow_from_the_total_and_the_others",
     "withhold.rs", "outcome.withheld.push(figure);", "return Ok(outcome);"),
    ("withholding several where no one helps", "gate_steps::what_two_ways_tell_is_protected_by_giving_both_up_and_no_more",
     "withhold.rs", "None => system.jointly(target, rules)?,", "None => Vec::new(),"),
    ("putting back what was not needed", "gate_steps::what_two_ways_tell_is_protected_by_giving_both_up_and_no_more",
     "withhold.rs", "if width(&self.attack, &target.terms, target.count, 0.0)? < self.need(target, rules) + target.margin() {", "if true {"),
    ("differences of figures as targets", "gate_steps::what_the_total_has_more_than_an_area_is_a_group_though_no_table_has_it",
     "targets.rs", "for (other, &sum) in shown[..place].iter().zip(&sums) {", "for (other, &sum) in shown[..0].iter().zip(&sums) {"),
    ("single groups as targets", "gate_steps::a_group_that_three_tables_give_away_together_is_found",
     "targets.rs", "for atom in (0..valid.len()).filter(|&atom| valid[atom] > 0) {", "for atom in (0..0).filter(|&atom: &usize| valid[atom] > 0) {"),
    ("withheld groups as targets", "gate_attacks::a_withheld_district_does_not_follow_from_the_total_and_the_others",
     "targets.rs", "found.extend(protected.iter().filter(|atoms| atoms.sum(valid) > 0).cloned());", ""),
    ("what earlier releases have shown", "gate_attacks::a_second_release_is_attacked_together_with_the_first",
     "judge.rs", "entries: self.ledger.iter().chain([entry]).collect()", "entries: vec![entry]"),
    ("the check of the true figures", "gate_steps::a_figure_that_is_not_that_of_the_answers_is_found_though_others_could_be_such",
     "system.rs", "self.check_truth(attack, &start)?;", ""),
    ("the attack on numbers of answers", "gate_steps::numbers_of_an_older_release_count_though_its_groups_were_coarser",
     "count.rs", "withhold::protect(&mut system, &targets, rules)", "withhold::protect(&mut system, &[], rules)"),
    ("older numbers of answers", "gate_steps::numbers_of_an_older_release_count_though_its_groups_were_coarser",
     "count.rs", "entry.round == judged.round && aligned", "entry.atoms == judged.atoms && aligned"),
    ("what the unit tells of a number of answers", "gate_steps::the_unit_of_a_figure_tells_of_its_number_of_answers",
     "judge.rs", "n: told_n(n, unit, range, n_min)", "n: super::rounding::n_range(n, n_min)"),
    ("answers to one question together", "gate_steps::where_one_answer_to_a_question_is_withheld_all_are",
     "judge.rs", "judged.withhold_together(&planned, &mut alone);", ""),
    ("the other half of two shares", "gate_attacks::shares_that_add_up_to_everybody_give_each_other_away",
     "system.rs", "(self.unknowns[at].valid == valid).then_some(at)", "(self.unknowns[at].valid == valid).then_some(at).filter(|_| false)"),
    ("areas made of whole districts", "gate_attacks::a_second_geography_that_leaves_out_a_few_is_attacked_by_subtraction",
     "judge.rs", "judged.check_areas(&planned)?;", ""),
    ("corrections by a few answers", "gate_attacks::a_correction_by_a_few_responses_is_refused",
     "judge.rs", "judged.check_revision(&planned)?;", ""),
    ("composites of withheld parts", "publication::a_withheld_part_withholds_the_composite",
     "primary.rs", "*status = Status::Withheld(Withheld::PartWithheld);", ""),
    ("what one figure leaves by itself", "gate_attacks::areas_that_tell_each_other_are_withheld_together",
     "targets.rs", "(rules.width * self.range).min(rules.single_source * alone)", "(rules.width * self.range).min(0.1 * alone)"),
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


def passes(folder, *names):
    """Whether these tests all pass; what does not compile, or runs no test, ends the program."""
    built = cargo(folder, "--no-run")
    if built.returncode:
        sys.exit(f"does not compile:\n{built.stderr[-3000:]}")
    run = cargo(folder, "--", *names)
    found = re.search(r"test result: \w+\. (\d+) passed; (\d+) failed", run.stdout)
    if not found or found.groups() == ("0", "0"):
        sys.exit(f"no test is called {names}, or it did not end:\n{run.stdout[-2000:]}{run.stderr[-2000:]}")
    return found.group(2) == "0"


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    crate(folder)
    mutations = [mutation for mutation in MUTATIONS if all(word in mutation[0] for word in sys.argv[2:])]
    if not passes(folder, *sorted({test for _, test, *_ in mutations})):
        sys.exit("a test fails before anything is switched off")
    survived = 0
    for what, test, file, old, new in mutations:
        place = folder / GATE / file
        text = place.read_text()
        if text.count(old) != 1:
            sys.exit(f"{file} has {text.count(old)} places like {old!r}: say anew how to switch off {what}")
        place.write_text(text.replace(old, new))
        noticed = not passes(folder, test)
        place.write_text(text)
        survived += not noticed
        print(f"without {what}: " + (f"{test} fails" if noticed else f"{test} DOES NOT FAIL"), flush=True)
    print(f"note: {len(mutations)} steps of the gate switched off one by one, {survived} without the test for it noticing")
    sys.exit(1 if survived else 0)


main()
