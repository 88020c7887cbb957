"""Paying at no latency: 20,000 rows, 64 at a time, all ledger work included, against the peer and against wrk.

The ledgers lie on this machine's disk, as those of users do. The peer waits for two fsyncs a row; `without_disk` shows how the
two compare where an fsync costs nothing.
"""

from harness.pairs import alternate
from harness.payers import run_payout, run_peer, run_wrk
from harness.server import Bank
from harness.table import Line, at_least, at_most, median_of

ROWS = 20_000
CONCURRENCY = 64
#: A disk may be so slow that the peer would need many minutes; then the file is a tenth.
PATIENCE_SECONDS = 60


def measure(work):
    with work.folder(on_disk=True) as folder:
        rows = bearable(work, folder, work.rows(ROWS))
        file = work.payout_file(rows)
        with Bank(work.payout) as bank:
            pairs = alternate(
                lambda: run_payout(work, bank, file, rows, folder, CONCURRENCY),
                lambda: run_peer(work, bank, file, rows, folder, CONCURRENCY), work.pairs)
        yield from against_peer(f"paying {rows:,} rows", pairs, at_least(3), at_most(0.3))
        rows = work.rows(ROWS)
        file = work.payout_file(rows)
        with Bank(work.payout) as bank:
            pairs = alternate(
                lambda: run_payout(work, bank, file, rows, folder, CONCURRENCY),
                lambda: run_wrk(bank, file, folder, CONCURRENCY, seconds=1 if work.is_trial else 4), work.pairs)
        yield from against_wrk(f"paying {rows:,} rows", pairs)


def bearable(work, folder, rows):
    """How many rows the peer can be asked to pay on this disk, seven times and more."""
    few = work.rows(1_000)
    with Bank(work.payout) as bank:
        seconds = run_peer(work, bank, work.payout_file(few), few, folder, CONCURRENCY).more["sending"]
    return rows if seconds / few * rows < PATIENCE_SECONDS else max(rows // 10, few)


def against_peer(what, pairs, rate=None, cpu=None):
    yield Line(
        f"{what}, whole run: rows/s", "the peer", [a.rows_per_second / b.rows_per_second for a, b in pairs], rate,
        f"{median_of(a.rows_per_second for a, _ in pairs):,.0f} rows/s",
        f"{median_of(b.rows_per_second for _, b in pairs):,.0f} rows/s")
    yield Line(
        f"{what}, sending alone: rows/s", "the peer", [b.more["sending"] / a.more["sending"] for a, b in pairs],
        rate, f"{median_of(a.rows / a.more['sending'] for a, _ in pairs):,.0f} rows/s",
        f"{median_of(b.rows / b.more['sending'] for _, b in pairs):,.0f} rows/s")
    yield Line(
        f"{what}: CPU time a payout", "the peer", [a.cpu_per_row / b.cpu_per_row for a, b in pairs], cpu,
        f"{median_of(a.cpu_per_row for a, _ in pairs) * 1e6:,.0f} µs",
        f"{median_of(b.cpu_per_row for _, b in pairs) * 1e6:,.0f} µs")


def against_wrk(what, pairs):
    theirs = f"{median_of(b.rows_per_second for _, b in pairs):,.0f} requests/s"
    yield Line(
        f"{what}, sending alone: rows/s", "wrk", [a.rows / a.more["sending"] / b.rows_per_second for a, b in pairs],
        at_least(0.4), f"{median_of(a.rows / a.more['sending'] for a, _ in pairs):,.0f} rows/s", theirs)
    yield Line(
        f"{what}, whole run: rows/s", "wrk", [a.rows_per_second / b.rows_per_second for a, b in pairs], None,
        f"{median_of(a.rows_per_second for a, _ in pairs):,.0f} rows/s", theirs)
