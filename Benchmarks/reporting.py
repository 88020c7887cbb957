"""The workbook of a batch, 19 columns, against Python's XlsxWriter in constant memory; both read the same ledger.

100,000 rows; 1,000,000 with LONG=1. Before anything is measured, the two sheets of a smaller batch are compared cell by
cell by a third program.
"""

from pathlib import Path

from harness.ledgers import nearly_done
from harness.pairs import alternate
from harness.processes import run
from harness.table import Line, at_least, median_of
from harness.workplace import fresh

ROWS = 100_000
LONG_ROWS = 1_000_000
COMPARED_ROWS = 10_000
PEER = Path(__file__).resolve().parent / "xlsx_peer.py"
SAME_SHEET = Path(__file__).resolve().parent / "same_sheet.py"


def measure(work):
    rows = work.rows(LONG_ROWS if work.is_long else ROWS)
    with work.folder(on_disk=True) as folder:
        compared = nearly_done(work, work.rows(COMPARED_ROWS))
        report(work, compared, 0, folder)
        peer(work, compared, 0, folder)
        run([work.python, SAME_SHEET, folder / "payout/report.xlsx", folder / "peer/report.xlsx", "Rows"], 1, folder)
        ledger = nearly_done(work, rows)
        pairs = alternate(
            lambda: report(work, ledger, rows, folder), lambda: peer(work, ledger, rows, folder),
            1 if work.is_long else work.pairs)
    yield Line(
        f"XLSX of {rows:,} rows: time", "XlsxWriter", [b.seconds / a.seconds for a, b in pairs], at_least(4),
        f"{median_of(a.seconds for a, _ in pairs):.2f} s", f"{median_of(b.seconds for _, b in pairs):.2f} s")
    yield Line(
        f"XLSX of {rows:,} rows: CPU time a row", "XlsxWriter", [b.cpu_per_row / a.cpu_per_row for a, b in pairs], None,
        f"{median_of(a.cpu_per_row for a, _ in pairs) * 1e6:.1f} µs",
        f"{median_of(b.cpu_per_row for _, b in pairs) * 1e6:.1f} µs")


def report(work, ledger, rows, folder):
    place = fresh(folder, "payout")
    return run(
        [work.payout, "report", "large", "--lang", "en", "--output", place / "report.xlsx", "--ledger",
         ledger / "ledger.kept"],
        rows, place, {"PAYOUT_KEY_FILE": str(ledger / "key")})


def peer(work, ledger, rows, folder):
    place = fresh(folder, "peer")
    return run([work.python, PEER, ledger / "ledger.kept", "large", place / "report.xlsx"], rows, place)
