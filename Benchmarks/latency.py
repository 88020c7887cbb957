"""Paying at 100 ms latency: 10,000 rows, 128 at a time. The ideal is rows × latency ÷ concurrency.

wrk, which only posts, is held against the same ideal: what it takes above it, this machine and the bank take. It stops at a time, in
the middle of a round, so it is given three times as long: what that leaves uncounted is then less than half a hundredth.
"""

from harness.pairs import alternate
from harness.payers import run_payout, run_wrk
from harness.server import Bank
from harness.table import Line, at_most, median_of

ROWS = 10_000
LATENCY_MS = 100
CONCURRENCY = 128
#: The ideal knows of nobody else on the machine.
MOST_STOLEN = 0.02


def measure(work):
    rows = work.rows(ROWS)
    file = work.payout_file(rows)
    ideal = rows * LATENCY_MS / 1000 / CONCURRENCY
    with work.folder() as folder, Bank(work.payout, LATENCY_MS) as bank:
        pairs = alternate(
            lambda: run_payout(work, bank, file, rows, folder, CONCURRENCY),
            lambda: run_wrk(bank, file, folder, CONCURRENCY, seconds=max(round(3 * ideal), 1)), work.pairs,
            MOST_STOLEN)
    runs = [ours for ours, _ in pairs]
    posts = [theirs for _, theirs in pairs]
    yield Line(
        "paying at 100 ms: seconds of sending", "rows × latency ÷ concurrency",
        [run.more["sending"] / ideal for run in runs], at_most(1.03),
        f"{median_of(run.more['sending'] for run in runs):.2f} s", f"{ideal:.2f} s")
    yield Line(
        "paying at 100 ms: seconds of the whole run", "the same", [run.seconds / ideal for run in runs], None,
        f"{median_of(run.seconds for run in runs):.2f} s", f"{ideal:.2f} s")
    ideals = [post.rows * LATENCY_MS / 1000 / CONCURRENCY for post in posts]
    yield Line(
        "posting at 100 ms by wrk: seconds", "requests × latency ÷ concurrency",
        [post.seconds / ideal for post, ideal in zip(posts, ideals)], None,
        f"{median_of(post.seconds for post in posts):.2f} s", f"{median_of(ideals):.2f} s")
