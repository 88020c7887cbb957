"""Checking a workbook, against Python programs that only read it: openpyxl in read-only mode, and python-calamine.

100,000 rows; 1,000,000 with LONG=1. XlsxWriter makes the workbook as Excel does: cards, accounts and expiries are shared
strings, amounts are numbers. A second workbook has long names, so that its shared strings are 50 MB and more.
"""

import subprocess
from pathlib import Path

from harness.pairs import alternate
from harness.processes import run
from harness.table import Line, at_least, at_most, median_of
from harness.workplace import fresh

ROWS = 100_000
LONG_ROWS = 1_000_000
MOST_BYTES = 150e6
#: The same number of rows has this much more text in names.
NAME_LETTERS = {LONG_ROWS: 60, ROWS: 600}
HERE = Path(__file__).resolve().parent


def measure(work):
    rows = work.rows(LONG_ROWS if work.is_long else ROWS)
    with work.folder(on_disk=True) as folder:
        book = workbook(work, rows)
        for reader, goal in [("openpyxl", at_least(5)), ("python-calamine", at_least(1))]:
            pairs = alternate(
                lambda: check(work, book, rows, folder), lambda: peer(work, reader, book, rows, folder),
                min(work.pairs, 3) if work.is_long else work.pairs)
            against = f"{reader}, reading alone"
            yield Line(
                f"check of a workbook of {rows:,} rows: time", against, [b.seconds / a.seconds for a, b in pairs], goal,
                f"{median_of(a.seconds for a, _ in pairs):.2f} s", f"{median_of(b.seconds for _, b in pairs):.2f} s")
            yield Line(
                f"check of a workbook of {rows:,} rows: CPU time", against,
                [b.cpu_seconds / a.cpu_seconds for a, b in pairs], None,
                f"{median_of(a.cpu_seconds for a, _ in pairs):.2f} s",
                f"{median_of(b.cpu_seconds for _, b in pairs):.2f} s")
        yield memory(f"check of a workbook of {rows:,} rows", [a.peak_bytes for a, _ in pairs])
        large = workbook(work, rows, letters=NAME_LETTERS.get(rows, 60))
        yield memory(f"check of {rows:,} rows with long names", [check(work, large, rows, folder).peak_bytes])


def memory(what, peaks):
    return Line(
        f"{what}: memory", f"{MOST_BYTES / 1e6:.0f} MB", [peak / MOST_BYTES for peak in peaks], at_most(1),
        f"{median_of(peaks) / 1e6:.0f} MB")


def workbook(work, rows, letters=0):
    """Made once from the CSV of so many rows, with names of so many letters."""
    path = work.cache / f"payouts-{rows}-{letters}.xlsx"
    if not path.exists():
        partial = path.with_suffix(".partial")
        subprocess.run(
            [work.python, HERE / "workbook_peer.py", "write", work.payout_file(rows), partial, str(letters)], check=True)
        partial.rename(path)
    return path


def check(work, book, rows, folder):
    place = fresh(folder, "payout")
    return run([work.payout, "check", book, "--ledger", place / "none.sqlite"], rows, place)


def peer(work, reader, book, rows, folder):
    place = fresh(folder, "peer")
    return run([work.python, HERE / "workbook_peer.py", reader, book, str(rows)], rows, place)
