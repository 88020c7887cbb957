"""The most memory that each step of a batch takes, at 100,000 rows and, with LONG=1, at 1,000,000."""

from harness.payers import payout_environment
from harness.processes import run
from harness.server import Bank
from harness.table import Line, at_most
from harness.workplace import fresh

SMALL = 10_000
LARGE = 100_000
LONG_ROWS = 1_000_000
MOST_BYTES = 300e6


def measure(work):
    small = work.rows(LARGE if work.is_long else SMALL)
    large = work.rows(LONG_ROWS if work.is_long else LARGE)
    with work.folder(on_disk=True) as folder:
        for (step, few), (_, many) in zip(peaks(work, small, folder), peaks(work, large, folder), strict=True):
            yield Line(
                f"memory of {step}, {large:,} rows", f"{small:,} rows", [many / few],
                at_most(2) if work.is_long else None, f"{many / 1e6:.0f} MB", f"{few / 1e6:.0f} MB")
            yield Line(
                f"memory of {step}, {large:,} rows", "300 MB", [many / MOST_BYTES], at_most(1), f"{many / 1e6:.0f} MB")


def peaks(work, rows, folder):
    place = fresh(folder, "payout")
    file = work.payout_file(rows)
    with Bank(work.payout) as bank:
        environment = payout_environment(place, bank)
        for step, words in [
            ("check", ["check", file]),
            ("import", ["import", file, "--reference", f"memory-{rows}"]),
            ("run", ["run", f"memory-{rows}", "--yes", "--accept-warnings", "--concurrency", 64]),
            ("report", ["report", f"memory-{rows}"]),
            ("status", ["status", f"memory-{rows}"]),
        ]:
            yield step, run([work.payout, *words], rows, place, environment).peak_bytes
