"""A ledger of a large batch that is nearly done, made without paying it row by row."""

import shutil
import sqlite3
import time
from pathlib import Path

from .processes import Failed, run
from .workplace import Workplace, fresh

#: Every row but the last hundredth goes through the states that a run takes it through, under the schema's own rules:
#: each statement is refused where a constraint or a trigger forbids it.
PAY_THE_REST = """
    PRAGMA foreign_keys = ON;
    BEGIN IMMEDIATE;
    CREATE TEMP TABLE done AS
        SELECT batchID, row, agentTranID FROM attempt
        WHERE row <= (SELECT max(row) FROM payout) - (SELECT count(*) / 100 FROM payout);
    UPDATE payout SET state = 'sending', changedAt = :now WHERE (batchID, row) IN (SELECT batchID, row FROM done);
    UPDATE attempt SET sends = 1, lastSentAt = :now WHERE agentTranID IN (SELECT agentTranID FROM done);
    INSERT INTO event (at, who, batchID, row, agentTranID, fromState, toState, why)
        SELECT :now, 'benchmark', batchID, row, agentTranID, 'queued', 'sending', 'sending' FROM done;
    UPDATE payout SET state = 'paid', sealedCard = NULL WHERE (batchID, row) IN (SELECT batchID, row FROM done);
    UPDATE attempt SET verdict = 'paid', bmID = agentTranID, commission = '0.4', commissionAmountTiyin = 0,
        senderExtID = '246143267', recipientExtID = '246143268' WHERE agentTranID IN (SELECT agentTranID FROM done);
    INSERT INTO event (at, who, batchID, row, agentTranID, fromState, toState, why)
        SELECT :now, 'benchmark', batchID, row, agentTranID, 'sending', 'paid', 'paid' FROM done;
    DROP TABLE done;
    COMMIT;
"""


def nearly_done(work: Workplace, rows: int) -> Path:
    """A folder with the ledger and its key; made once, and kept until payout's schema changes."""
    folder = work.cache / f"nearly-done-{rows}"
    if (folder / "made").exists():
        return folder
    place = fresh(work.cache, folder.name)
    run(
        [work.payout, "import", work.payout_file(rows), "--reference", "large"], rows, place,
        {"PAYOUT_LEDGER": str(place / "ledger.sqlite"), "PAYOUT_KEY_FILE": str(place / "key")})
    book = sqlite3.connect(place / "ledger.sqlite", isolation_level=None)
    for statement in PAY_THE_REST.split(";")[:-1]:
        book.execute(statement, {"now": int(time.time() * 1000)} if ":now" in statement else {})
    (left,) = book.execute("SELECT count(*) FROM payout WHERE state = 'queued'").fetchone()
    book.close()
    if left != rows // 100:
        raise Failed(f"{left} rows of {rows} are left to pay")
    (place / "made").touch()
    return place


def copied(ledger: Path, folder: Path) -> Path:
    """A copy that a run may work on."""
    place = folder / "copy"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(ledger, place)
    return place
