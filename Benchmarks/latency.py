"""Paying at 100 ms latency: 10,000 rows, 128 at a time. The ideal is rows × latency ÷ concurrency."""

from harness.pairs import repeat
from harness.payers import run_payout
from harness.server import Bank
from harness.table import Line, at_most, median_of

ROWS = 10_000
LATENCY_MS = 100
CONCURRENCY = 128


def measure(work):
    rows = work.rows(ROWS)
    file = work.payout_file(rows)
    ideal = rows * LATENCY_MS / 1000 / CONCURRENCY
    with work.folder() as folder, Bank(work.payout, LATENCY_MS) as bank:
        runs = repeat(lambda: run_payout(work, bank, file, rows, folder, CONCURRENCY), work.pairs)
    yield Line(
        "paying at 100 ms: seconds of sending", "rows × latency ÷ concurrency",
        [run.more["sending"] / ideal for run in runs], at_most(1.03),
        f"{median_of(run.more['sending'] for run in runs):.2f} s", f"{ideal:.2f} s")
    yield Line(
        "paying at 100 ms: seconds of the whole run", "the same", [run.seconds / ideal for run in runs], None,
        f"{median_of(run.seconds for run in runs):.2f} s", f"{ideal:.2f} s")
