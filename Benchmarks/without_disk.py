"""Paying where the ledgers lie in memory and an fsync costs nothing: the best that can happen to the peer."""

from harness.pairs import alternate
from harness.payers import run_payout, run_peer
from harness.server import Bank
from paying import CONCURRENCY, against_peer

ROWS = 10_000


def measure(work):
    rows = work.rows(ROWS)
    file = work.payout_file(rows)
    with work.folder() as folder, Bank(work.payout) as bank:
        pairs = alternate(
            lambda: run_payout(work, bank, file, rows, folder, CONCURRENCY),
            lambda: run_peer(work, bank, file, rows, folder, CONCURRENCY), work.pairs)
    yield from against_peer(f"paying {rows:,} rows, ledgers in memory", pairs)
