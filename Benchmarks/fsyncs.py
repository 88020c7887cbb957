"""How often a payout waits for the disk, and what a slow disk costs.

A small library in front of the C library counts the calls (fsyncs.c), and holds each of them up by 5 ms for the second figure: in
memory an fsync takes no time of its own, so that the disk is as slow as it is meant to be, and not slower.
"""

import subprocess
from dataclasses import replace
from pathlib import Path

from harness.pairs import alternate, repeat
from harness.payers import run_payout
from harness.server import Bank
from harness.table import Line, at_least, at_most, median_of

CONCURRENCY = 64
FSYNC_MS = 5
#: While a program waits for its disk, others on the machine do not slow it.
MOST_STOLEN = 0.05
SOURCE = Path(__file__).resolve().parent / "fsyncs.c"


def measure(work):
    library = work.cache / "fsyncs.so"
    subprocess.run(["cc", "-O2", "-Wall", "-Werror", "-shared", "-fPIC", "-o", library, SOURCE], check=True)
    yield from count(work, work.rows(10_000), library, on_disk=True)
    yield from count(work, work.rows(10_000), library, on_disk=False)
    yield from slow_down(work, work.rows(3_200), library)


def count(work, rows, library, on_disk):
    file = work.payout_file(rows)
    with work.folder(on_disk) as folder, Bank(work.payout) as bank:
        def counted():
            total = folder / "fsyncs.txt"
            run = run_payout(
                work, bank, file, rows, folder, CONCURRENCY, under=preloaded(library, FSYNC_COUNT=total))
            return replace(run, more={"fsyncs": int(total.read_text())})

        runs = repeat(counted, min(work.pairs, 3))
    yield Line(
        "fsyncs a payout" if on_disk else "fsyncs a payout, in memory, where they take no time", "–",
        [run.more["fsyncs"] / rows for run in runs], at_most(0.15) if on_disk else None,
        f"{median_of(run.more['fsyncs'] for run in runs):,.0f}", f"{rows:,} rows")


def slow_down(work, rows, library):
    file = work.payout_file(rows)
    with work.folder() as folder, Bank(work.payout, latency_ms=50) as bank:
        pairs = alternate(
            lambda: run_payout(
                work, bank, file, rows, folder, CONCURRENCY, under=preloaded(library, FSYNC_DELAY_MS=FSYNC_MS)),
            lambda: run_payout(work, bank, file, rows, folder, CONCURRENCY, under=preloaded(library)), work.pairs,
            MOST_STOLEN)
    yield Line(
        "paying at 50 ms with an fsync of 5 ms: rows/s", "without it",
        [b.more["sending"] / a.more["sending"] for a, b in pairs], at_least(0.75),
        f"{median_of(a.rows / a.more['sending'] for a, _ in pairs):,.0f} rows/s",
        f"{median_of(b.rows / b.more['sending'] for _, b in pairs):,.0f} rows/s")


def preloaded(library: Path, **settings) -> list:
    """A command that runs another with the library in front of the C library."""
    return ["env", f"LD_PRELOAD={library}", *(f"{name}={value}" for name, value in settings.items())]
