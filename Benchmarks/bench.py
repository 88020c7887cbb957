#!/usr/bin/env python3
"""Measures payout side by side with what it is held against, and prints one table of ratios.

`make bench` calls it, with everything in place. docs/performance.md says what each line means.
"""

import argparse
import importlib
import os
import platform
import sys
import time
from pathlib import Path

from harness.processes import Failed
from harness.steal import Steal
from harness.table import render
from harness.workplace import Workplace

#: In the order in which they run. Each is a module with `measure(workplace)`, which gives the table's lines.
BENCHMARKS = [
    "paying", "without_disk", "latency", "fsyncs", "resume", "growth", "importing", "workbooks", "reporting",
    "peaks", "statements",
]
#: Too long for every day: they run with LONG=1, or when they are named.
LONG_BENCHMARKS = ["scale"]

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    arguments = parse()
    names = [arguments.only] if arguments.only else BENCHMARKS + (LONG_BENCHMARKS if arguments.long else [])
    cache = ROOT / ".build" / "bench"
    cache.mkdir(parents=True, exist_ok=True)
    workplace = Workplace(
        payout=arguments.payout.resolve(), peer=arguments.peer.resolve(), python=arguments.python.absolute(),
        cache=cache, is_trial=arguments.quick, is_long=arguments.long)
    lines, failed = [], False
    for name in names:
        start, steal = time.monotonic(), Steal()
        print(f"{name} …", file=sys.stderr, flush=True)
        try:
            for line in importlib.import_module(name).measure(workplace):
                lines.append(line)
                print("  " + ", ".join(filter(None, line.cells())), file=sys.stderr, flush=True)
        except Failed as failure:
            failed = True
            print(f"{name} could not be measured: {failure}", file=sys.stderr)
        print(
            f"{name} took {time.monotonic() - start:.0f} s; others took {steal.share:.1%} of the machine",
            file=sys.stderr, flush=True)
    print(f"\n{os.cpu_count()} cores, Linux {platform.release()}, load {os.getloadavg()[0]:.1f} at the end\n")
    print(render(lines))
    return 1 if failed else 0


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--payout", type=Path, default=ROOT / ".build/release/payout")
    parser.add_argument("--peer", type=Path, default=ROOT.parent / "shared/peer")
    parser.add_argument("--python", type=Path, default=ROOT / ".build/tools/bench/bin/python")
    parser.add_argument("--only", choices=BENCHMARKS + LONG_BENCHMARKS, help="one benchmark alone")
    parser.add_argument("--quick", action="store_true", help="a trial: one pair of short runs, whose figures mean little")
    parser.add_argument("--long", action="store_true", help="those that take many minutes, too")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
