"""Checks every dependency's licence against the list in .deny.toml, with nothing but Python.

cargo-deny checks the same and more; this part needs no tool that a machine may lack.
"""

import json
import re
import subprocess
import sys
import tomllib


def alternatives(expression):
    """The choices of an SPDX expression, each a set of licences that then all apply."""
    tokens = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))
    position = 0

    def peek():
        return tokens[position] if position < len(tokens) else None

    def take():
        nonlocal position
        position += 1
        return tokens[position - 1]

    def single():
        if peek() == "(":
            take()
            inside = either()
            take()
            return inside
        name = take()
        if peek() == "WITH":
            take()
            name += " WITH " + take()
        return [{name}]

    def both():
        left = single()
        while peek() == "AND":
            take()
            right = single()
            left = [a | b for a in left for b in right]
        return left

    def either():
        left = both()
        while peek() == "OR":
            take()
            left = left + both()
        return left

    return either()


def main():
    with open(".deny.toml", "rb") as file:
        rules = tomllib.load(file)
    allowed = set(rules["licenses"]["allow"])
    banned = {entry["crate"]: entry["reason"] for entry in rules["bans"]["deny"]}
    exceptions = {entry["crate"]: set(entry["allow"]) for entry in rules["licenses"]["exceptions"]}
    metadata = json.loads(
        subprocess.run(
            ["cargo", "metadata", "--locked", "--format-version", "1"], capture_output=True, text=True, check=True
        ).stdout
    )
    used = {node["id"] for node in metadata["resolve"]["nodes"]}
    faults = []
    packages = [package for package in metadata["packages"] if package["id"] in used]
    for package in packages:
        name = f"{package['name']} {package['version']}"
        if package["name"] in banned:
            faults.append(f"{name}: {banned[package['name']]}")
        expression = package["license"]
        if not expression:
            faults.append(f"{name}: states no licence")
        elif not any(choice <= allowed | exceptions.get(package["name"], set()) for choice in alternatives(expression)):
            faults.append(f"{name}: licence {expression} is not on the list")
    print(f"{len(packages)} packages, {len(faults)} of them refused")
    for fault in faults:
        print(fault)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
