"""Checking a payout file, and storing it, against Python's csv module with the same checks and sqlite3.

1,000,000 rows are checked, 200,000 stored; with LONG=1 all of them. The stores differ in what they keep, so there are two of them: a table of Python's own,
with one index, and payout's ledger with all its indexes and constraints, made by payout and left empty. Neither seals the
cards, which payout does. What SQLite alone takes to fill that ledger, out of nothing, is the limit.
"""

import shutil
import sqlite3
from pathlib import Path

from harness.pairs import alternate
from harness.processes import Failed, run
from harness.table import Line, at_least, median_of
from harness.workplace import fresh

CHECKED_ROWS = 1_000_000
STORED_ROWS = 200_000
PEER = Path(__file__).resolve().parent / "csv_peer.py"


def measure(work):
    with work.folder(on_disk=True) as folder:
        rows, pairs = work.rows(CHECKED_ROWS), work.pairs
        file = work.payout_file(rows)
        checks = alternate(lambda: check(work, file, rows, folder), lambda: peer(work, "check", file, rows, folder), pairs)
        yield from lines("check", "Python's csv module", checks, at_least(5))
        if work.is_long:
            pairs = min(pairs, 3)
        else:
            rows = work.rows(STORED_ROWS)
            file = work.payout_file(rows)
        empty = empty_ledger(work, folder)
        stores = alternate(
            lambda: store(work, file, rows, folder),
            lambda: peer(work, "ledger", file, rows, folder, empty), pairs)
        yield from lines("check + import", "Python, the same ledger", stores, at_least(5))
        stores = alternate(
            lambda: store(work, file, rows, folder),
            lambda: peer(work, "limit", rows, rows, folder, empty), pairs)
        yield from lines("check + import", "SQLite alone, the same ledger", stores, None)
        stores = alternate(
            lambda: store(work, file, rows, folder), lambda: peer(work, "table", file, rows, folder), min(pairs, 3))
        yield from lines("check + import", "Python, one table", stores, None)


def lines(what, against, pairs, goal):
    rows = f"{pairs[0][0].rows:,} rows"
    yield Line(
        f"{what} of {rows}: time", against, [b.seconds / a.seconds for a, b in pairs], goal,
        f"{median_of(a.seconds for a, _ in pairs):.2f} s", f"{median_of(b.seconds for _, b in pairs):.2f} s")
    yield Line(
        f"{what} of {rows}: CPU time a row", against, [b.cpu_per_row / a.cpu_per_row for a, b in pairs], None,
        f"{median_of(a.cpu_per_row for a, _ in pairs) * 1e6:.1f} µs",
        f"{median_of(b.cpu_per_row for _, b in pairs) * 1e6:.1f} µs")


def check(work, file, rows, folder):
    place = fresh(folder, "payout")
    return run([work.payout, "check", file, "--ledger", place / "none.sqlite"], rows, place)


def store(work, file, rows, folder):
    place = fresh(folder, "payout")
    return run([work.payout, "import", file], rows, place, environment(place))


def environment(place):
    return {"PAYOUT_LEDGER": str(place / "ledger.sqlite"), "PAYOUT_KEY_FILE": str(place / "key")}


def empty_ledger(work, folder):
    """Made by importing one row and taking the tables alone."""
    place = fresh(folder, "empty")
    run([work.payout, "import", work.payout_file(1)], 1, place, environment(place))
    path = place / "empty.sqlite"
    with sqlite3.connect(place / "ledger.sqlite") as full, sqlite3.connect(path) as book:
        for (statement,) in full.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid"):
            book.execute(statement)
    full.close()
    book.close()
    return path


def peer(work, task, file, rows, folder, ledger=None):
    place = fresh(folder, "peer")
    database = place / "peer.sqlite"
    if ledger:
        shutil.copy(ledger, database)
    took = run([work.python, PEER, task, file, *([database] if task != "check" else [])], rows, place)
    if task != "check":
        with sqlite3.connect(database) as book:
            (stored,) = book.execute("SELECT count(*) FROM payout").fetchone()
        book.close()
        if stored != rows:
            raise Failed(f"the peer stored {stored} rows of {rows}")
    return took
