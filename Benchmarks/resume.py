"""A batch of 1,000,000 rows that is 99 % done goes on: how long from the program's start to its first request."""

import os
import subprocess
import time

from harness.doorbell import Doorbell
from harness.ledgers import copied, nearly_done
from harness.pairs import repeat
from harness.processes import Failed, Run
from harness.table import Line, at_most, median_of

ROWS = 1_000_000


def measure(work):
    rows = work.rows(ROWS)
    ledger = nearly_done(work, rows)
    file = work.payout_file(rows)
    with work.folder() as folder:
        for what, target in [("named by its batch", "large"), ("named by its file", file)]:
            runs = repeat(lambda: first_request(work, copied(work, ledger, folder, rows), target, rows), min(work.pairs, 5))
            yield Line(
                f"resume of {rows:,} rows, {what}: first request", "1 s", [run.seconds for run in runs], at_most(1),
                f"{median_of(run.seconds for run in runs):.2f} s", "1 s")


def first_request(work, place, target, rows) -> Run:
    """The program is killed once it has rung: what it would go on to do is measured elsewhere."""
    with Doorbell() as bank, open(place / "payout.log", "wb") as log:
        environment = {
            **os.environ, "PAYOUT_LEDGER": str(place / "ledger.sqlite"), "PAYOUT_KEY_FILE": str(place / "key"),
            "PAYOUT_OUTPUT": str(place), "PAYOUT_BANK_URL": bank.url, "PAYOUT_BANK_USERNAME": "agent",
            "PAYOUT_BANK_PASSWORD": "doorbell",
        }
        start = time.monotonic()
        process = subprocess.Popen(
            [work.payout, "run", target, "--yes", "--accept-warnings", "--reference", "large", "--concurrency", "64"],
            env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        rang = bank.wait(seconds=120)
        process.kill()
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = -9
    if not rang:
        raise Failed("no request came:\n" + (place / "payout.log").read_text(errors="replace")[-2000:])
    return Run(rows, bank.rang_at - start, usage.ru_utime + usage.ru_stime)
