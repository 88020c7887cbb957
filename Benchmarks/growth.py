"""Whether a row costs the same in a large file as in a small one: 10,000, 100,000 and, with LONG=1, 1,000,000 rows; and
how much memory a whole run takes.
"""

from harness.pairs import alternate
from harness.payers import run_payout
from harness.server import Bank
from harness.table import Line, at_most, median_of

SMALL = 10_000
CONCURRENCY = 64
MOST_BYTES = 300e6


def measure(work):
    runs = pairs(work, 100_000, count=min(work.pairs, 3))
    yield from times(runs)
    hundred_thousand = median_of(a.peak_bytes for a, _ in runs)
    yield most(runs, hundred_thousand)
    if work.is_long:
        runs = pairs(work, 1_000_000, count=1)
        yield from times(runs)
        million = median_of(a.peak_bytes for a, _ in runs)
        yield most(runs, million)
        yield Line(
            f"memory of a whole run, {runs[0][0].rows:,} rows", "100,000 rows", [million / hundred_thousand], at_most(2),
            megabytes(million), megabytes(hundred_thousand))


def pairs(work, large, count):
    small, large = work.rows(SMALL), work.rows(large)
    with work.folder() as folder:
        def paid(rows):
            # A bank of its own for each run: what it remembers of the run before is none of payout's.
            with Bank(work.payout) as bank:
                return run_payout(work, bank, work.payout_file(rows), rows, folder, CONCURRENCY)

        return alternate(lambda: paid(large), lambda: paid(small), count)


def times(runs):
    large, small = (f"{run.rows:,} rows" for run in runs[0])
    for what, cost in [("time", lambda run: run.seconds / run.rows), ("CPU time", lambda run: run.cpu_per_row)]:
        yield Line(
            f"{what} a row, {large}", small, [cost(a) / cost(b) for a, b in runs], at_most(1.2),
            f"{median_of(cost(a) for a, _ in runs) * 1e6:,.0f} µs", f"{median_of(cost(b) for _, b in runs) * 1e6:,.0f} µs")


def most(runs, peak):
    return Line(
        f"memory of a whole run, {runs[0][0].rows:,} rows", "300 MB", [a.peak_bytes / MOST_BYTES for a, _ in runs], at_most(1),
        megabytes(peak))


def megabytes(count):
    return f"{count / 1e6:.0f} MB"
