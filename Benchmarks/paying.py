"""Paying at no latency: 20,000 rows, 64 at a time, all ledger work included, against the peer and against wrk.

The files lie in memory, where an fsync costs nothing. That is the peer's best case: on a disk it waits for two fsyncs a
row, one after the other, and `disk` shows what that comes to.
"""

from harness.pairs import alternate
from harness.payers import run_payout, run_peer, run_wrk
from harness.server import Bank
from harness.table import Line, at_least, at_most, median_of

ROWS = 20_000
CONCURRENCY = 64


def measure(work):
    rows = work.rows(ROWS)
    file = work.payout_file(rows)
    with work.folder() as folder:
        with Bank(work.payout) as bank:
            pairs = alternate(
                lambda: run_payout(work, bank, file, rows, folder, CONCURRENCY),
                lambda: run_peer(work, bank, file, rows, folder, CONCURRENCY), work.pairs)
        yield from against_peer(pairs)
        with Bank(work.payout) as bank:
            pairs = alternate(
                lambda: run_payout(work, bank, file, rows, folder, CONCURRENCY),
                lambda: run_wrk(bank, file, folder, CONCURRENCY, seconds=1 if work.is_trial else 4), work.pairs)
        yield from against_wrk(pairs)


def against_peer(pairs):
    yield Line(
        "paying, whole run: rows/s", "the peer", [a.rows_per_second / b.rows_per_second for a, b in pairs], at_least(3),
        f"{median_of(a.rows_per_second for a, _ in pairs):,.0f} rows/s",
        f"{median_of(b.rows_per_second for _, b in pairs):,.0f} rows/s")
    yield Line(
        "paying, sending alone: rows/s", "the peer", [b.more["sending"] / a.more["sending"] for a, b in pairs],
        at_least(3), f"{median_of(a.rows / a.more['sending'] for a, _ in pairs):,.0f} rows/s",
        f"{median_of(b.rows / b.more['sending'] for _, b in pairs):,.0f} rows/s")
    yield Line(
        "paying: CPU time a payout", "the peer", [a.cpu_per_row / b.cpu_per_row for a, b in pairs], at_most(0.3),
        f"{median_of(a.cpu_per_row for a, _ in pairs) * 1e6:,.0f} µs",
        f"{median_of(b.cpu_per_row for _, b in pairs) * 1e6:,.0f} µs")


def against_wrk(pairs):
    theirs = f"{median_of(b.rows_per_second for _, b in pairs):,.0f} requests/s"
    yield Line(
        "paying, sending alone: rows/s", "wrk",
        [a.rows / a.more["sending"] / b.rows_per_second for a, b in pairs], at_least(0.4),
        f"{median_of(a.rows / a.more['sending'] for a, _ in pairs):,.0f} rows/s", theirs)
    yield Line(
        "paying, whole run: rows/s", "wrk", [a.rows_per_second / b.rows_per_second for a, b in pairs], None,
        f"{median_of(a.rows_per_second for a, _ in pairs):,.0f} rows/s", theirs)
