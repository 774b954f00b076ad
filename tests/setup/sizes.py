"""Holds the sizes of source files to DESIGN.md section 3: none above 400 lines, half under 120."""

import pathlib
import statistics
import subprocess
import sys

LARGEST, MEDIAN = 400, 120

listed = subprocess.run(["git", "ls-files", "src/*.rs"], capture_output=True, text=True, check=True)
lines = {name: len(pathlib.Path(name).read_bytes().splitlines()) for name in listed.stdout.split()}
# A file above the limit says why in its first lines.
too_long = [
    f"{name}: {count} lines"
    for name, count in lines.items()
    if count > LARGEST and "longer than 400 lines because" not in pathlib.Path(name).read_text()[:1200]
]
median = statistics.median(lines.values())
print(f"{len(lines)} source files, median {median:.0f} lines, largest {max(lines.values())}")
for fault in too_long:
    print("too long, split it by reason to change:", fault)
if median >= MEDIAN:
    print(f"half of the files should have fewer than {MEDIAN} lines")
sys.exit(bool(too_long))
