"""A ledger of a large batch that is nearly done, made without paying it row by row."""

import hashlib
import shutil
import sqlite3
import time
from pathlib import Path

from .processes import Failed, run
from .workplace import Workplace, fresh

#: Every row but the last hundredth goes through the states that a run takes it through, under the schema's own rules:
#: each statement is refused where a constraint or a trigger forbids it. It adds no events: only payout can sign them.
PAY_MOST = """
    PRAGMA foreign_keys = ON;
    PRAGMA cache_size = -200000;
    BEGIN IMMEDIATE;
    UPDATE payout SET state = 'sending', changedAt = :now WHERE row <= :last;
    UPDATE attempt SET sends = 1, lastSentAt = :now WHERE row <= :last;
    UPDATE payout SET state = 'paid', sealedCard = NULL WHERE row <= :last;
    UPDATE attempt SET verdict = 'paid', bmID = 174000000 + row, commission = '0.4', commissionAmountTiyin = 0,
        senderExtID = CAST(246000000 + 2 * row AS TEXT), recipientExtID = CAST(246000001 + 2 * row AS TEXT) WHERE row <= :last;
    COMMIT;
"""


def nearly_done(work: Workplace, rows: int) -> Path:
    """A folder with the ledger and its key; made once, and kept until payout's schema changes."""
    schema = Path(__file__).parents[2] / "Sources/Bookkeeping/LedgerSchema.swift"
    folder = work.cache / f"nearly-done-{rows}-{hashlib.sha256(schema.read_bytes()).hexdigest()[:8]}"
    if (folder / "made").exists():
        return folder
    place = fresh(work.cache, folder.name)
    run(
        [work.payout, "import", work.payout_file(rows), "--reference", "large"], rows, place,
        {"PAYOUT_LEDGER": str(place / "ledger.sqlite"), "PAYOUT_KEY_FILE": str(place / "key")})
    book = sqlite3.connect(place / "ledger.sqlite", isolation_level=None)
    (last,) = book.execute("SELECT max(row) - count(*) / 100 FROM payout").fetchone()
    values = {"now": int(time.time() * 1000), "last": last}
    for statement in PAY_MOST.split(";")[:-1]:
        book.execute(statement, {name: value for name, value in values.items() if f":{name}" in statement})
    (left,) = book.execute("SELECT count(*) FROM payout WHERE state = 'queued'").fetchone()
    book.close()
    if left != rows // 100:
        raise Failed(f"{left} rows of {rows} are left to pay")
    take_over(work, place, rows)
    # Under another name: beside the original no copy is worked on.
    (place / "ledger.sqlite").rename(place / "ledger.kept")
    (place / "made").touch()
    return place


def take_over(work: Workplace, place: Path, rows: int) -> None:
    """Says that the ledger is the newest there is and lies where it should: its send journal is written again from it."""
    run(
        [work.payout, "ledger", "recover", "--newest", "--moved"], rows, place,
        {"PAYOUT_LEDGER": str(place / "ledger.sqlite"), "PAYOUT_KEY_FILE": str(place / "key")})


def copied(work: Workplace, ledger: Path, folder: Path, rows: int) -> Path:
    """A copy that a run may work on."""
    place = folder / "copy"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(ledger, place)
    (place / "ledger.kept").rename(place / "ledger.sqlite")
    take_over(work, place, rows)
    return place
