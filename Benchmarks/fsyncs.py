"""How often a payout waits for the disk, and what a slow disk costs.

strace counts the calls, and stops the program at no other call. It also holds each of them up by 5 ms for the second
figure: in memory an fsync takes no time of its own, so that the disk is as slow as it is meant to be, and not slower.
"""

import re
from dataclasses import replace

from harness.pairs import alternate, repeat
from harness.payers import run_payout
from harness.server import Bank
from harness.table import Line, at_least, at_most, median_of

CONCURRENCY = 64
FSYNC_MS = 5
STRACE = ["strace", "--follow-forks", "--seccomp-bpf", "--trace=fsync,fdatasync"]


def measure(work):
    yield from count(work, work.rows(10_000))
    yield from slow_down(work, work.rows(3_200))


def count(work, rows):
    file = work.payout_file(rows)
    with work.folder() as folder, Bank(work.payout) as bank:
        def counted():
            log = folder / "fsyncs.txt"
            run = run_payout(
                work, bank, file, rows, folder, CONCURRENCY, under=[*STRACE, "--summary-only", f"--output={log}"])
            return replace(run, more={"fsyncs": calls(log.read_text())})

        runs = repeat(counted, min(work.pairs, 3))
    yield Line(
        "fsyncs a payout", "–", [run.more["fsyncs"] / rows for run in runs], at_most(0.15),
        f"{median_of(run.more['fsyncs'] for run in runs):,.0f}", f"{rows:,} rows")


def slow_down(work, rows):
    file = work.payout_file(rows)
    hold_up = [*STRACE, "--quiet=all", "--output=/dev/null", f"--inject=fsync,fdatasync:delay_exit={FSYNC_MS}ms"]
    with work.folder() as folder, Bank(work.payout, latency_ms=50) as bank:
        pairs = alternate(
            lambda: run_payout(work, bank, file, rows, folder, CONCURRENCY, under=hold_up),
            lambda: run_payout(work, bank, file, rows, folder, CONCURRENCY), work.pairs)
    yield Line(
        "paying at 50 ms with an fsync of 5 ms: rows/s", "without it",
        [b.more["sending"] / a.more["sending"] for a, b in pairs], at_least(0.8),
        f"{median_of(a.rows / a.more['sending'] for a, _ in pairs):,.0f} rows/s",
        f"{median_of(b.rows / b.more['sending'] for _, b in pairs):,.0f} rows/s")


def calls(summary: str) -> int:
    """The calls column of strace's table, over both system calls."""
    return sum(
        int(found.group(1)) for found in re.finditer(r"^\s*\S+\s+\S+\s+\S+\s+(\d+).*\bf(?:data)?sync$", summary, re.M))
