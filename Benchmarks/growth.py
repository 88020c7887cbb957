"""Whether a row costs the same in a large file as in a small one: 10,000, 100,000 and, with LONG=1, 1,000,000 rows."""

from harness.pairs import alternate
from harness.payers import run_payout
from harness.server import Bank
from harness.table import Line, at_most, median_of

SMALL = 10_000
CONCURRENCY = 64


def measure(work):
    yield from compare(work, 100_000, pairs=min(work.pairs, 3))
    if work.is_long:
        yield from compare(work, 1_000_000, pairs=1)


def compare(work, large, pairs):
    small, large = work.rows(SMALL), work.rows(large)
    with work.folder() as folder:
        def paid(rows):
            # A bank of its own for each run: what it remembers of the run before is none of payout's.
            with Bank(work.payout) as bank:
                return run_payout(work, bank, work.payout_file(rows), rows, folder, CONCURRENCY)

        runs = alternate(lambda: paid(large), lambda: paid(small), pairs)
    for what, cost in [("time", lambda run: run.seconds / run.rows), ("CPU time", lambda run: run.cpu_per_row)]:
        yield Line(
            f"{what} a row, {large:,} rows", f"{small:,} rows", [cost(a) / cost(b) for a, b in runs], at_most(1.2),
            f"{median_of(cost(a) for a, _ in runs) * 1e6:,.0f} µs", f"{median_of(cost(b) for _, b in runs) * 1e6:,.0f} µs")
