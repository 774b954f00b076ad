"""Time and memory to estimate a round of many made-up responses and to compose its release.

Prints a table; asserts no time. The answers come in as a file, as from a bureau that reads paper; then its
release is composed as any other, on the embedded database of a demo.

usage: million.py --trygg PROGRAM [--responses N]
"""

import argparse
import csv
import os
import pathlib
import random
import sys
import tempfile
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEFINITION = ROOT / "survey-definitions" / "lulea-trygghet" / "1.0" / "questionnaire.toml"
AREAS = [f"2580T{number:02}" for number in range(1, 13)]
# Different sheets; each is used many times, for the work does not depend on it.
SHEETS = 20_000

PLAN = """slug = "many"
period = "2000"
kind = "demo"
stream = "resident"
questionnaire = { id = "lulea-trygghet", version = "1.0" }
area_set = { id = "lulea-12", version = "2019" }
population = "many"
languages = ["sv"]
modes = ["paper"]
opens_on = 2000-09-15
closes_on = 2000-11-10
organisations = ["Demodata"]
"""


def items():
    """Items that residents are asked, with their numbers of options."""
    definition = tomllib.loads(DEFINITION.read_text())
    options = {scale["id"]: len(scale["options"]) for scale in definition["scale"]}
    return [
        (item["id"], options[item["scale"]])
        for item in definition["item"]
        if item["id"] != "A1" and "resident" in item["streams"] and definition["module"].get(item.get("module"), True)
    ]


def write(folder, count):
    """The answers and how to read them."""
    asked = items()
    mapping = ['questionnaire = { id = "lulea-trygghet", version = "1.0" }', 'mode = "paper"']
    areas = ", ".join(f'"{area}" = "{area}"' for area in AREAS)
    mapping.append(f'area = {{ column = "area", codes = {{ {areas} }} }}')
    for item, options in asked:
        codes = ", ".join(f'"{code}" = {code}' for code in range(1, options + 1))
        mapping.append(f'[item.{item}]\ncolumn = "{item}"\ncodes = {{ {codes}, "" = 99 }}')
    (folder / "mapping.toml").write_text("\n".join(mapping) + "\n")
    chance = random.Random(1)
    sheets = [
        ",".join([chance.choice(AREAS)] + ["" if chance.random() < 0.01 else str(chance.randint(1, most)) for _, most in asked])
        for _ in range(SHEETS)
    ]
    with (folder / "answers.csv").open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(["area"] + [item for item, _ in asked])
        for start in range(0, count, SHEETS):
            file.write("\n".join(sheets[: min(SHEETS, count - start)]) + "\n")


def run(environment, *words):
    """One verb: seconds, most memory in MiB, what it said."""
    said, fed = os.pipe()
    began = time.monotonic()
    child = os.posix_spawn(
        words[0],
        [str(word) for word in words],
        environment,
        file_actions=[(os.POSIX_SPAWN_DUP2, fed, 1), (os.POSIX_SPAWN_CLOSE, said)],
    )
    os.close(fed)
    with os.fdopen(said) as out:
        text = out.read()
    _, status, used = os.wait4(child, 0)
    if status:
        raise SystemExit(f"{' '.join(map(str, words))}: status {status}: {text}")
    return time.monotonic() - began, used.ru_maxrss / 1024, text


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--trygg", required=True)
    parser.add_argument("--responses", type=int, default=1_000_000)
    given = parser.parse_args()
    trygg = pathlib.Path(given.trygg).resolve()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        environment = {
            "PATH": os.environ["PATH"],
            "TRYGG_DATA": str(folder / "demo"),
            "TRYGG_DEFINITIONS": str(ROOT / "survey-definitions"),
            "TRYGG_LOG": "warn",
        }
        write(folder, given.responses)
        run(environment, trygg, "demo", "--no-serve", "--data", folder / "demo")
        with (folder / "population.csv").open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["area_code", "sex", "age_group", "persons", "reference_date"])
            for area in AREAS:
                for sex in ("woman", "man"):
                    for age in ("16-29", "30-49", "50-64", "65-85"):
                        writer.writerow([area, sex, age, given.responses, "1999-12-31"])
        of = ("--area-set", "lulea-12/2019", "--questionnaire", "lulea-trygghet/1.0", "--source", "made up")
        run(environment, trygg, "population", "import", folder / "population.csv", "--id", "many", *of)
        (folder / "plan.toml").write_text(PLAN)
        run(environment, trygg, "round", "create", folder / "plan.toml")
        print("| what | responses | seconds | MiB |")
        print("|---|---|---|---|")
        answers = ("--round", "many", "--mapping", folder / "mapping.toml", folder / "answers.csv")
        for what, words in (("import", ("import", "responses", *answers)), ("estimate and compose", ("release", "many"))):
            seconds, memory, said = run(environment, trygg, *words)
            print(f"| {what} | {given.responses} | {seconds:.1f} | {memory:.0f} |", flush=True)
        print(f"note: {said.splitlines()[0]}")


if __name__ == "__main__":
    sys.exit(main())
