#!/usr/bin/env python3
"""Estimates beside R's survey package and DuckDB, from the same respondents on the same machine in the same minutes.

Prints a table; asserts no time, but the numbers: estimates and standard errors of `svyby`, and DuckDB's weighted
means, have to be those of Trygg to 1e-9. Trygg's time holds weights and standard errors as well; DuckDB only divides
sums. Reading and writing files is timed nowhere; the best of three runs is shown.

usage: compare.py [--r N] [--duckdb N …]     (100000; 1000000 and 10000000)
Needs cargo, Rscript with r-cran-survey for --r, and the Python package duckdb for --duckdb.
"""

import argparse
import csv
import os
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
KEYS = ("district", "sex", "age", "measure")
SETS = ((), ("sex",), ("age",), ("sex", "age"), ("district",), ("district", "sex"), ("district", "age"))


def trygg(count, folder):
    """Seconds for everything, and the figures by domain and measure."""
    run = ["cargo", "bench", "--locked", "--quiet", "--bench", "estimates", "--", str(count), "--write", folder]
    line = subprocess.run(run, cwd=HERE.parents[1], check=True, capture_output=True, text=True).stdout
    seconds = float(line.split("|")[6]) / 1000
    return seconds, figures(pathlib.Path(folder, "estimates.csv"))


def figures(path):
    with open(path, newline="") as file:
        rows = [{name: value.strip() for name, value in row.items()} for row in csv.DictReader(file)]
    blank = {"", "NA"}
    key = lambda row: tuple("" if row[name] in blank else row[name] for name in KEYS)
    return {key(row): (float(row["estimate"]), float(row["se"])) for row in rows}


def differs(one, other):
    # Not a number agrees with nothing.
    return not abs(one - other) <= 1e-9 * max(abs(one), abs(other), 1e-3)


def agree(who, ours, theirs, place=slice(None)):
    if ours.keys() != theirs.keys():
        sys.exit(f"{who} has {len(theirs)} figures, Trygg {len(ours)}; {sorted(ours.keys() ^ theirs.keys())[:3]}")
    for key, figure in ours.items():
        if any(differs(a, b) for a, b in zip(figure[place], theirs[key][place])):
            sys.exit(f"{who}: {key} is {theirs[key]}, Trygg says {figure}")
    return len(ours)


def in_duckdb(folder, threads):
    import duckdb
    database = duckdb.connect(config={"threads": threads})
    database.execute(f"CREATE TABLE people AS SELECT * FROM read_csv('{folder}/respondents.csv')")
    measures = [f"y{number}" for number in range(1, 11)]
    sums = ", ".join(f"sum(w * {name}) / sum(w) AS {name}" for name in measures)
    sets = ", ".join(f"({', '.join(names)})" for names in SETS)
    query = f"SELECT district, sex, age, {sums} FROM people GROUP BY GROUPING SETS ({sets})"
    seconds = []
    for _ in range(3):
        began = time.monotonic()
        rows = database.execute(query).fetchall()
        seconds.append(time.monotonic() - began)
    found = {}
    for row in rows:
        group = tuple("" if part is None else str(part) for part in row[:3])
        for name, mean in zip(measures, row[3:]):
            found[(*group, name)] = (mean,)
    return min(seconds), found


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--r", type=int, nargs="*", default=[100_000])
    arguments.add_argument("--duckdb", type=int, nargs="*", default=[1_000_000, 10_000_000])
    arguments = arguments.parse_args()
    threads = len(os.sched_getaffinity(0))
    print("| respondents | beside | figures that agree | Trygg, s | the other, s | times |")
    print("| ---: | --- | ---: | ---: | ---: | ---: |", flush=True)

    def row(count, who, agreed, ours, theirs):
        print(f"| {count} | {who} | {agreed} | {ours:.3f} | {theirs:.3f} | {theirs / ours:.1f} |", flush=True)

    for count in arguments.r:
        with tempfile.TemporaryDirectory() as folder:
            ours, expected = trygg(count, folder)
            script = ["Rscript", str(HERE / "svyby.R"), folder]
            theirs = float(subprocess.run(script, check=True, capture_output=True, text=True).stdout)
            row(count, "R survey, svyby", agree("R", expected, figures(f"{folder}/svyby.csv")), ours, theirs)
    for count in arguments.duckdb:
        with tempfile.TemporaryDirectory() as folder:
            ours, expected = trygg(count, folder)
            theirs, found = in_duckdb(folder, threads)
            agreed = agree("DuckDB", expected, found, slice(0, 1))
            row(count, f"DuckDB, {threads} threads, means only", agreed, ours, theirs)


main()
