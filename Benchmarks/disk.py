"""Paying where the files lie on this machine's disk, whose fsync takes what it takes."""

from harness.pairs import alternate
from harness.payers import run_payout, run_peer
from harness.server import Bank
from harness.table import Line, median_of

ROWS = 1_000
CONCURRENCY = 64


def measure(work):
    rows = work.rows(ROWS)
    file = work.payout_file(rows)
    with work.folder(on_disk=True) as folder, Bank(work.payout) as bank:
        pairs = alternate(
            lambda: run_payout(work, bank, file, rows, folder, CONCURRENCY),
            lambda: run_peer(work, bank, file, rows, folder, CONCURRENCY), 3 if work.pairs > 3 else work.pairs)
    yield Line(
        "paying on this disk, sending alone: rows/s", "the peer",
        [b.more["sending"] / a.more["sending"] for a, b in pairs], None,
        f"{median_of(a.rows / a.more['sending'] for a, _ in pairs):,.0f} rows/s",
        f"{median_of(b.rows / b.more['sending'] for _, b in pairs):,.0f} rows/s")
