#!/usr/bin/env python3
"""Exhausts the model of a payout's life, and shows what each rule is for.

1. The whole model keeps every promise, in every state that can be reached.
2. No run of it is endless, and each arc of arcs.pml is used.
3. Without one rule, a promise is broken. The shortest story about it is in stories/.

`make model` calls it. `make model STORIES=1` writes the stories again. `make model DEEP=1` also searches where a complete search
would not fit into memory: it keeps two bits of each state, so it may miss some.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILD = HERE.parent / ".build" / "model"
STORIES = HERE / "stories"

TWICE = "debited twice"
REFUSED = "refused and debited"
WITHDRAWN = "withdrawn and debited"
PAID = "paid and not debited"
SENT = "withdrawn and sent"

#: The promise behind each last line of a story.
ENDINGS = {
    r"debits row \d a second time": TWICE,
    r"calls row \d refused, and the bank has debited it": REFUSED,
    r"calls row \d withdrawn, and the bank has debited it": WITHDRAWN,
    r"calls row \d paid, and the bank has not debited it": PAID,
    r"sends row \d, which a person has withdrawn": SENT,
}
#: The names of the promises in state.pml.
SOUGHT = {
    TWICE: "TWICE", REFUSED: "FALSELY_REFUSED", WITHDRAWN: "FALSELY_WITHDRAWN", PAID: "FALSELY_PAID",
    SENT: "SENT_THOUGH_WITHDRAWN",
}


@dataclass
class Search:
    """An exhaustive search that must find nothing."""

    name: str
    what: str
    size: str

    @property
    def defines(self) -> list[str]:
        return [f"-D{word}" for word in self.size.split()]


#: The largest come first, so that two cores end at about the same time.
SEARCHES = [
    Search("files-of-two", "two rows; the files suffer once", "ROWS=2 SENDS=2 FATES=1"),
    Search("denials", "two rows; the bank denies what it knows", "ROWS=2 ASKINGS=3 DENIALS=1"),
    Search("clock", "two rows; the clock is set", "ROWS=2 STEPS=1"),
    Search("mistakes", "two rows; people are wrong about a row", "ROWS=2 ERRS=1"),
    Search("life", "two rows", "ROWS=2"),
    Search("files", "one row; the files suffer three times", "ROWS=1 FATES=3"),
    Search("forgetful", "one row; the files suffer twice, the bank forgets payments", "ROWS=1 FATES=2 FORGETFUL=1"),
]

#: This one does not fit into 12 GB.
DEEP = Search("deep", "two rows; the files suffer once, each row has three sends (not complete)", "ROWS=2 FATES=1")

#: In these, each step is compared with arcs.pml, or no run may be endless.
ARCS = Search("arcs", "one row; each change is an arc", "ROWS=1 FATES=2 ARCS=1")
ENDLESS = [
    Search("endless-life", "one row; no run is endless", "ROWS=1 ASKINGS=3 DENIALS=2 STEPS=1"),
    Search("endless-mistakes", "one row; no run is endless", "ROWS=1 STEPS=1 ERRS=1"),
    Search("endless-files", "one row; no run is endless", "ROWS=1 FATES=2 FORGETFUL=1"),
]


@dataclass
class Rule:
    """A rule of rules.pml, and the promise that is broken without it."""

    name: str
    broken: str
    size: str = ""

    @property
    def defines(self) -> list[str]:
        return ["-DROWS=1", f"-D{self.name}", f"-DSEEKS={SOUGHT[self.broken]}"] + [
            f"-D{word}" for word in self.size.split()
        ]


RULES = [
    Rule("NO_CLAIM", TWICE),
    Rule("NO_TAKEOVER", TWICE),
    Rule("NO_LOCK", TWICE),
    Rule("NO_DOUBT", REFUSED),
    Rule("NO_PROOF", PAID),
    Rule("NO_GUARD_ON_WITHDRAWAL", WITHDRAWN),
    Rule("NO_PATIENCE", REFUSED),
    Rule("NO_QUIET_PERIOD", TWICE),
    Rule("NO_RESTART_OF_QUIET", TWICE),
    Rule("NO_THREE_TIMES", TWICE, "ASKINGS=3 DENIALS=1"),
    Rule("NO_SPACING", TWICE, "ASKINGS=3 DENIALS=1"),
    Rule("NO_RESTART_OF_COUNT", TWICE, "ASKINGS=3 DENIALS=2"),
    Rule("NO_CLOCK_CHECK", TWICE, "STEPS=1"),
    Rule("NO_TIME_OF_QUESTION", TWICE),
    Rule("NO_CLOCK_CHECK_AFTER", TWICE, "STEPS=1"),
    Rule("NO_CAUTION_WITH_RESEND", TWICE),
    Rule("NO_STATEMENT", TWICE),
    Rule("NO_ASKING_BEFORE_RERUN", TWICE, "ERRS=1"),
    Rule("NO_SAME_ID", TWICE, "ERRS=1"),
    Rule("NO_QUIET_BEFORE_RERUN", TWICE, "ERRS=1"),
    Rule("NO_JOURNAL", TWICE, "FATES=1"),
    Rule("NO_SENT_ROWS", TWICE, "FATES=1"),
    Rule("NO_SENT_AGAIN", REFUSED, "FATES=1"),
    Rule("NO_LATER_ID", REFUSED, "FATES=1"),
    Rule("NO_WITHDRAWN_ROWS", SENT, "FATES=1"),
    Rule("NO_FINISHED_BATCHES", TWICE, "FATES=1 FORGETFUL=1"),
    Rule("NO_NOTE_OF_ASKING", REFUSED, "FATES=3"),
    Rule("NO_ASKING_FIRST", TWICE, "FATES=1"),
    Rule("NO_FURTHER_IDS", TWICE, "FATES=1"),
    Rule("NO_WAIT", TWICE, "FATES=1"),
    Rule("NO_WORD", TWICE, "FATES=1"),
    Rule("NO_TRUTH", TWICE, "FATES=1"),
    Rule("NO_CHECK_OF_OTHERS", TWICE, "FATES=1 NO_OTHER_JOURNALS=1"),
    Rule("NO_OTHER_JOURNALS", TWICE, "FATES=2 SECOND_LEDGER=0"),
    Rule("NO_OTHER_SENDS", TWICE, "FATES=2 SECOND_LEDGER=0"),
    Rule("NO_MEMORY", TWICE, "FATES=1 FORGETFUL=1"),
    Rule("NO_PUNCTUALITY", TWICE, "FATES=1"),
    Rule("NO_COUNT_AFTER_QUIET", TWICE, "ASKINGS=3 DENIALS=1"),
    Rule("NO_QUIET_AFTER_OPENING", TWICE, "FATES=1"),
    Rule("NO_EARLIER_IDS", TWICE, "FATES=2"),
    Rule("NO_QUESTION_ABOUT_EARLIER_IDS", TWICE, "FATES=2"),
    Rule("NO_FURTHER_IDS_OF_UNKNOWN", REFUSED, "FATES=1"),
    Rule("NO_GUARD_ON_REFUSED_ROWS", WITHDRAWN, "FATES=1"),
    Rule("NO_WITHDRAWAL_AFTER_SEND", SENT, "FATES=1"),
    Rule("NO_REFUSED_ROWS_OF_FINISHED_BATCHES", REFUSED, "FATES=1"),
    Rule("NO_COUNT_OF_RESTORED_SENDS", REFUSED, "FATES=2"),
    Rule("NO_CAUTION_WITH_UNREADABLE", TWICE, "FATES=1"),
]


class Failed(Exception):
    """Something is not as it should be. The message says what."""


def make(name: str, defines: list[str], flags: list[str]) -> Path:
    """Makes the search program of a variant, in a folder of its own."""
    folder = BUILD / name
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.trail"):
        old.unlink()
    run(["spin", *defines, "-a", str(HERE / "payout.pml")], folder)
    run(["gcc", "-w", "-DNOCLAIM", "-DMEMLIM=12000", *flags, "-o", "pan", "pan.c"], folder)
    return folder


def run(command: list[str], folder: Path) -> str:
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if result.returncode != 0 or "Error:" in result.stdout:
        raise Failed(f"{' '.join(command)}:\n{result.stdout}{result.stderr}")
    return result.stdout


@dataclass
class Figures:
    states: int
    depth: int
    seconds: float
    megabytes: float
    errors: int
    output: str


def search(folder: Path, *options: str) -> Figures:
    start = time.monotonic()
    output = subprocess.run(["./pan", "-m5000", *options], cwd=folder, capture_output=True, text=True).stdout

    def number(pattern: str) -> float:
        found = re.search(pattern, output, re.MULTILINE)
        if not found:
            raise Failed(f"the search in {folder} did not end:\n{output[-2000:]}")
        return float(found[1])

    if "max search depth too small" in output or "out of memory" in output:
        raise Failed(f"the search in {folder} was cut short:\n{output[-2000:]}")
    return Figures(
        states=int(number(r"^ *([\d.e+]+) states, stored")), depth=int(number(r"depth reached (\d+)")),
        seconds=time.monotonic() - start, megabytes=number(r"([\d.]+)\ttotal actual memory usage"),
        errors=int(number(r"errors: (\d+)")), output=output)


def story(folder: Path) -> list[str]:
    """Turns the trail of a search into plain lines."""
    told = subprocess.run(["./pan", "-r", "payout.pml.trail"], cwd=folder, capture_output=True, text=True).stdout
    lines = [line.split("\t")[0].rstrip() for line in re.sub(r" *\d+:\tproc.*", "", told).splitlines()]
    lines = lines[: next(n for n, line in enumerate(lines) if line.startswith("!")) + 1]
    return [line for line in lines if line]


def sentence(rule: str) -> str:
    found = re.search(rf"^#ifndef {rule}  /\* (.*) \*/$", (HERE / "rules.pml").read_text(), re.MULTILINE)
    if not found:
        raise Failed(f"rules.pml has no sentence about {rule}")
    return found[1]


def render(rule: Rule, lines: list[str]) -> str:
    """Writes a story: the dropped rule, the setting, the numbered steps, and the broken promise."""
    setting = [line[2:] for line in lines if line.startswith("# ")]
    steps = [line for line in lines if not line.startswith(("# ", "! "))]
    return "\n".join(
        [f"Without the rule: {sentence(rule.name)}", "", *setting, ""]
        + [f"{number:2}. {step}" for number, step in enumerate(steps, 1)]
        + ["", f"Then {lines[-1][2].lower() if lines[-1][2:].startswith('The ') else lines[-1][2]}{lines[-1][3:]}", ""])


def tell(rule: Rule, writes: bool) -> str:
    """Searches without the rule, and compares the story with the one in stories/."""
    folder = make(rule.name, rule.defines, ["-O1", "-DSAFETY", "-DBFS"])
    figures = search(folder, "-w20")
    if figures.errors == 0:
        raise Failed(f"{rule.name}: no promise is broken without this rule ({figures.states:,} states)")
    lines = story(folder)
    broken = next((promise for pattern, promise in ENDINGS.items() if re.search(pattern, lines[-1])), lines[-1])
    if broken != rule.broken:
        raise Failed(f"{rule.name}: the story ends with “{lines[-1]}”")
    place = STORIES / f"{rule.name}.txt"
    text = render(rule, lines)
    if writes:
        place.write_text(text)
    elif not place.exists() or place.read_text() != text:
        raise Failed(f"{rule.name}: the story is not the one in {place}. If it is right: make model STORIES=1\n\n{text}")
    return f"| `{rule.name}` | {sentence(rule.name)} | {broken} | {figures.states:,} |"


def exhaust(search_: Search, flags: tuple[str, ...] = ("-O2", "-DSAFETY"), options: tuple[str, ...] = ()) -> Figures:
    figures = search(make(search_.name, search_.defines, list(flags)), *(options or ("-w26",)))
    if figures.errors:
        raise Failed(f"{search_.name}: {search_.what}: a promise is broken. See it with:\n"
                     f"  cd {BUILD / search_.name} && ./pan -r payout.pml.trail\n{figures.output[-1500:]}")
    return figures


def line(search_: Search, figures: Figures) -> str:
    return (f"| {search_.what} | `{search_.size}` | {figures.states:,} | {figures.depth} | {figures.seconds:.0f} s "
            f"| {figures.megabytes:,.0f} MB |")


def follow_arcs() -> str:
    figures = exhaust(ARCS)
    used = {int(number) for number in re.findall(r"^arc (\d+)$", figures.output, re.MULTILINE)}
    arcs = [number for number, text in enumerate((HERE / "arcs.pml").read_text().splitlines(), 1) if text.startswith("ARC(")]
    unused = [number for number in arcs if number not in used]
    if unused:
        raise Failed(f"no step of the model uses these lines of arcs.pml: {unused}")
    return line(ARCS, figures)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", action="store_true", help="write the stories again")
    parser.add_argument("--deep", action="store_true", help="make only the search that cannot be complete")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="how many searches run at once")
    parser.add_argument("--only", help="tell only the story of this rule, such as NO_QUIET_PERIOD")
    asked = parser.parse_args()
    STORIES.mkdir(exist_ok=True)
    rules = [rule for rule in RULES if asked.only in (None, rule.name)]
    pool = ThreadPoolExecutor(max_workers=asked.jobs)
    try:
        if asked.deep:
            figures = exhaust(DEEP, ("-O2", "-DSAFETY", "-DBITSTATE"), ("-w36",))
            print(line(DEEP, figures), re.search(r"hash factor: [\d.]+", figures.output)[0])
            return 0
        whole = not asked.only
        searches = [(it, pool.submit(exhaust, it)) for it in SEARCHES if whole]
        searches += [(it, pool.submit(exhaust, it, ("-O2", "-DNP"), ("-l", "-w24"))) for it in ENDLESS if whole]
        arcs = [pool.submit(follow_arcs)] if whole else []
        stories = [pool.submit(tell, rule, asked.stories) for rule in rules]
        if whole:
            print("| what the search is about | size | states | depth | time | memory |\n|---|---|---|---|---|---|", flush=True)
        for it, figures in searches:
            print(line(it, figures.result()), flush=True)
        for figures in arcs:
            print(figures.result(), flush=True)
        print("\n| without | the rule | then a row is | states until then |\n|---|---|---|---|", flush=True)
        for told in stories:
            print(told.result(), flush=True)
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    finally:
        pool.shutdown(cancel_futures=True)
    if not asked.only:
        known = set(re.findall(r"^#ifndef (NO_\w+)", (HERE / "rules.pml").read_text(), re.MULTILINE))
        if known != {rule.name for rule in RULES}:
            print(f"rules.pml and check.py differ: {known ^ {rule.name for rule in RULES}}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
