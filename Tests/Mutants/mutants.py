#!/usr/bin/env python3
"""Breaks the rules of the money one at a time, and checks that a test notices each.

A mutant is a copy of the program with one rule broken. The tables list them:

- `rules.toml`: broken rules that a named test must notice.
- `planted.toml`: broken steps of the protocol that the simulator must notice.

All mutants are in one build. The script copies the sources to `.build/mutants`. There it writes each function with a
mutant once more, with the change, and puts a switch before it. An environment variable chooses one mutant. Without it,
the build behaves as the sources do. The sources themselves never change.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import time
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
COPY = ROOT / ".build" / "mutants"
GOAL = 95

SWITCH = """\
import Foundation

private let chosen = ProcessInfo.processInfo.environment["PAYOUT_MUTANT"].flatMap { Int($0) } ?? 0

func mutant(_ number: Int) -> Bool { number == chosen }
"""

TYPE = re.compile(r"^ *(?:[@\w()]+ )*(?:actor|class|enum|extension|protocol|struct) ")
MEMBER = re.compile(r"^ *(?:[@\w()]+ )*(?:func|init|let|subscript|var)\b|^ *(?:get|init)\b")


class Stale(Exception):
    """An entry of a table does not fit the sources."""


class Mutant:
    def __init__(self, number, file, entry):
        self.number = number
        self.path = file["path"]
        self.rule = entry["rule"]
        self.old = entry["old"].strip("\n")
        self.new = entry["new"].strip("\n")
        self.tests = entry.get("tests", file.get("tests"))
        self.equivalent = entry.get("equivalent")
        self.missed = entry.get("missed")


def table(name, first):
    files = tomllib.loads((HERE / name).read_text())["file"]
    entries = [(file, entry) for file in files for entry in file["mutant"]]
    return [Mutant(first + index, file, entry) for index, (file, entry) in enumerate(entries)]


# Writing the mutants into the sources


def indent(line):
    return len(line) - len(line.lstrip(" "))


def member(lines, number):
    """Returns the first line, the first body line and the end of the member that contains a line.

    The layout of `swift format` shows where a member begins and ends, so the script needs no parser.
    """
    start, depth = number, indent(lines[number]) + 1
    found = None
    for index in range(number, -1, -1):
        line = lines[index]
        if not line.strip() or indent(line) >= depth:
            continue
        if line.lstrip().startswith((")", "{", "->", "}")) and index != number:
            # The end of a declaration of several lines: it begins further up.
            depth = indent(line) + 1
            continue
        depth = indent(line)
        if TYPE.match(line):
            break
        if MEMBER.match(line):
            found = index
    if found is None:
        raise Stale("is in no function")
    return span(lines, found, number)


def span(lines, start, number):
    margin = indent(lines[start])
    opening = next((i for i in range(start, number + 1) if lines[i].endswith("{") and indent(lines[i]) == margin), None)
    if opening is None:
        return start, None, None
    end = next(i for i in range(opening + 1, len(lines)) if lines[i].startswith(" " * margin + "}"))
    getter = opening + 1
    if re.match(r"^ *get\b", lines[getter]):
        return span(lines, getter, number)
    return start, opening + 1, end


def mutate(text, mutants):
    """Returns the text of a source file with its mutants and their switches."""
    lines = text.split("\n")
    groups = {}
    for each in mutants:
        if text.count(each.old) != 1:
            raise Stale(f"{each.path}: “{each.rule}”: the old text occurs {text.count(each.old)} times, not once")
        place = text.index(each.old)
        try:
            groups.setdefault(member(lines, text.count("\n", 0, place)), []).append(each)
        except Stale as error:
            raise Stale(f"{each.path}: “{each.rule}”: the old text {error}") from None
    for (start, body, end), group in sorted(groups.items(), key=lambda item: item[0][0], reverse=True):
        if body is None:
            lines[start:] = switched_line(lines, start, group)
        else:
            lines[body:end] = switched(lines[body:end], group).split("\n")
    return "\n".join(lines)


def changed(text, each):
    if text.count(each.old) != 1:
        raise Stale(f"{each.path}: “{each.rule}”: the old text is not inside one body")
    return text.replace(each.old, each.new)


def switched(body, group):
    """Returns a body in its mutated forms and its own."""
    text = "\n".join(body)
    forms = [f"if mutant({each.number}) {{\n{changed(text, each)}\n}} else " for each in group]
    return "".join(forms) + "{\n" + text + "\n}"


def switched_line(lines, start, group):
    """Returns the lines from a stored property, or a member that is written in one line, to the end of the file."""
    line = lines[start]
    if line.endswith("}"):
        opening = line.index("{", line.index("->") if "->" in line else 0)
        body = [line[opening + 1 : -1].strip()]
        return [line[: opening + 1], *switched(body, group).split("\n"), "}", *lines[start + 1 :]]
    end = start + 1
    while indent(lines[end]) > indent(line) or lines[end].strip() in ('"""', '""")', ")"):
        end += 1
    text = "\n".join(lines[start:end])
    name, value = text.split("=", 1)
    forms = "".join(f"mutant({each.number}) ? (\n{changed(text, each).split('=', 1)[1]}\n) : " for each in group)
    return [f"{name}= {forms}(\n{value}\n)", *lines[end:]]


def mutated_sources(mutants):
    by_path = {}
    for each in mutants:
        by_path.setdefault(each.path, []).append(each)
    sources, faults = {}, []
    for path, group in by_path.items():
        try:
            sources[path] = mutate((ROOT / path).read_text(), group)
            sources[str(pathlib.Path(*pathlib.Path(path).parts[:2]) / "Mutant.swift")] = SWITCH
        except (OSError, Stale) as error:
            faults.append(str(error))
    if faults:
        sys.exit("The tables no longer fit the sources:\n" + "\n".join(faults))
    return sources


# Building and running them


def build(mutants):
    """Copies the project and builds it. It writes only files that differ, so a second build is quick."""
    sources = mutated_sources(mutants)
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.split("\0")
    names = [name for name in names if name and (ROOT / name).is_file()]
    for old in (COPY / "Sources").rglob("*.swift"):
        name = str(old.relative_to(COPY))
        if name not in names and name not in sources:
            old.unlink()
    for name in sorted({*names, *sources}):
        data = sources[name].encode() if name in sources else (ROOT / name).read_bytes()
        if name == "Package.swift":
            # A mutant may leave a value unused.
            data = data.replace(b"    .treatAllWarnings(as: .error),\n", b"")
        target = COPY / name
        if target.is_file() and target.read_bytes() == data:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    print(f"building {len(mutants)} mutants in {COPY}", flush=True)
    done = subprocess.run(["swift", "build", "--build-tests"], cwd=COPY, capture_output=True, text=True)
    if done.returncode != 0:
        errors = dict.fromkeys(line for line in done.stdout.splitlines() if " error: " in line)
        sys.exit("\n".join(errors) or done.stdout + done.stderr)


def test(number, tests, deadline, **settings):
    """Runs tests with one mutant. Returns whether they passed, and their output."""
    environment = {**os.environ, "PAYOUT_MUTANT": str(number), **settings}
    bundle = COPY / ".build" / "debug" / "payoutPackageTests.xctest"
    command = [str(bundle), "--testing-library", "swift-testing", "--filter", tests]
    try:
        done = subprocess.run(
            command, cwd=COPY, env=environment, timeout=deadline, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except subprocess.TimeoutExpired as late:
        return False, (late.stdout or b"").decode(errors="replace") + "\nthe deadline passed"
    output = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout.decode(errors="replace"))
    return done.returncode == 0 and re.search(r"Test run with [1-9]", output) is not None, output


def killers(output):
    names = list(dict.fromkeys(re.findall(r"Test (\w+)\([^)]*\)[^\n]* (?:recorded an issue|failed)", output)))
    if names:
        return ", ".join(names[:2]) + (f" and {len(names) - 2} more" if len(names) > 2 else "")
    return "(deadline)" if output.endswith("the deadline passed") else "(crash)"


def run_rules(mutants):
    killed, survivors, argued, sound = 0, [], [each for each in mutants if each.equivalent], {}
    for each in mutants:
        if each.equivalent:
            continue
        if each.tests not in sound:
            sound[each.tests], output = test(0, each.tests, 600)
            if not sound[each.tests]:
                print(f"“{each.tests}” does not pass without a mutant:\n{output[-2000:]}", flush=True)
        if not sound[each.tests]:
            continue
        passed, output = test(each.number, each.tests, 180)
        killed += not passed
        if passed:
            survivors.append(each)
        print(f"{each.number:4} {'SURVIVED' if passed else killers(output)}\n     {each.rule}", flush=True)
    for each in argued:
        print(f"{each.number:4} changes nothing: {each.equivalent}\n     {each.rule}")
    count = killed + len(survivors)
    score = 100 * killed / count if count else 100
    print(f"\n{killed} of {count} mutants killed: {score:.1f} %. {len(argued)} more change nothing.")
    for each in survivors:
        print(f"survivor {each.number}: {each.path}: {each.rule}")
    return score >= GOAL and all(sound.values())


def run_planted(mutants, stories):
    found = 0
    for each in mutants:
        start = time.monotonic()
        passed, output = test(
            each.number, "SimulationTests/noStoryBreaksThePromise", 1800,
            PAYOUT_SIMULATE_FROM="1", PAYOUT_SIMULATE_SEEDS=str(stories), PAYOUT_SIMULATE_STOP="1")
        seed = re.search(r"seed (\d+) \(repeat[^)]*\): (.*)", output)
        found += not passed
        result = f"story {seed[1]}: {seed[2][:110]}" if seed else "NOT FOUND" if passed else killers(output)
        expected = f" (expected: {each.missed})" if passed and each.missed else ""
        print(f"{each.number:4} {result}{expected}\n     {each.rule} ({time.monotonic() - start:.0f} s)", flush=True)
    print(f"\n{found} of {len(mutants)} planted bugs found within {stories} stories.")
    return all(each.missed for each in mutants) or found >= sum(not each.missed for each in mutants)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="only check that the tables fit the sources")
    parser.add_argument("--planted", action="store_true", help="run the simulator on the planted bugs")
    parser.add_argument("--stories", type=int, default=1000, help="the number of stories for each planted bug")
    parser.add_argument("--only", default="", help="numbers, or a part of a path or rule")
    arguments = parser.parse_args()
    rules, planted = table("rules.toml", 1), table("planted.toml", 1001)
    if arguments.check:
        mutated_sources(rules + planted)
        return
    build(rules + planted)
    numbers = {int(word) for word in arguments.only.split() if word.isdigit()}
    chosen = [
        each for each in (planted if arguments.planted else rules)
        if (each.number in numbers if numbers else arguments.only.lower() in f"{each.path} {each.rule}".lower())
    ]
    good = run_planted(chosen, arguments.stories) if arguments.planted else run_rules(chosen)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
