"""How many payouts an hour one machine carries at a bank of 50, 200 and 1000 ms: the figures of docs/scale.md.

The ledgers lie in memory; what a disk adds depends on the disk, and docs/scale.md has the formula.
"""

from harness.pairs import repeat
from harness.payers import run_payout
from harness.server import Bank
from harness.table import Line, median_of

ROUNDS = 20


def measure(work):
    for latency_ms in [50, 200, 1000]:
        for concurrency in [16, 64, 256]:
            yield payouts_an_hour(work, latency_ms, concurrency)


def payouts_an_hour(work, latency_ms, concurrency) -> Line:
    rows = concurrency * (2 if work.is_trial else ROUNDS if latency_ms < 1000 else 5)
    file = work.payout_file(rows)
    ideal = rows * latency_ms / 1000 / concurrency
    with work.folder() as folder, Bank(work.payout, latency_ms) as bank:
        runs = repeat(lambda: run_payout(work, bank, file, rows, folder, concurrency), min(work.pairs, 3))
    hourly = median_of(run.rows / run.more["sending"] for run in runs) * 3600
    return Line(
        f"payouts an hour at {latency_ms} ms, {concurrency} at a time", "rows × latency ÷ concurrency",
        [run.more["sending"] / ideal for run in runs], None, f"{hourly:,.0f}", f"{rows / ideal * 3600:,.0f}")
