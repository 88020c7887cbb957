"""A bank's statement of as many lines as the ledger has payouts, compared with the ledger: time and memory, and what twice
the lines take.

200,000 lines; 1,000,000 and 2,000,000 with LONG=1.
"""

import datetime
import re
import sqlite3

from harness.ledgers import copied, nearly_done
from harness.processes import Failed, printed, run
from harness.table import Line, at_most

LINES = 200_000
LONG_LINES = 1_000_000
MOST_SECONDS = 60
MOST_BYTES = 200e6
ACCOUNT = "20208000900123456001"
TRANSIT = "23120000100000001183"


def measure(work):
    lines = work.rows(LONG_LINES if work.is_long else LINES)
    with work.folder(on_disk=True) as folder:
        single, double = (compare(work, folder, count) for count in [lines, 2 * lines])
    goals = (at_most(1), at_most(1)) if work.is_long else (None, None)
    yield Line(
        f"statement of {lines:,} lines: time", f"{MOST_SECONDS} s", [single.seconds / MOST_SECONDS], goals[0],
        f"{single.seconds:.1f} s")
    yield Line(
        f"statement of {lines:,} lines: memory", f"{MOST_BYTES / 1e6:.0f} MB", [single.peak_bytes / MOST_BYTES], goals[1],
        f"{single.peak_bytes / 1e6:.0f} MB")
    yield Line(
        f"statement of {2 * lines:,} lines: time", f"{lines:,} lines", [double.seconds / single.seconds], at_most(2.2),
        f"{double.seconds:.1f} s", f"{single.seconds:.1f} s")


def compare(work, folder, lines):
    """Compares a statement that has every paid row, so that everything agrees."""
    # A hundredth of the rows is not paid yet, and a batch has at most 2,000,000 rows.
    rows = min(lines * 100 // 99 + 1, 2_000_000)
    place = copied(work, nearly_done(work, rows), folder, rows)
    written = write(place / "ledger.sqlite", place / "statement.txt")
    result = run(
        [work.payout, "statement", "statement.txt", "--ledger", place / "ledger.sqlite", "--json"], written, place,
        {"PAYOUT_KEY_FILE": str(place / "key")})
    agreed = re.search(r'"agreed"\s*:\s*\{\s*"count"\s*:\s*(\d+)', printed(place, "payout"))
    if not agreed or int(agreed[1]) != written:
        raise Failed(f"of {written} lines not all agreed: {agreed and agreed[1]}")
    return result


def write(ledger, path):
    """Writes the statement of the ledger's paid rows as 1C's text exchange. Returns the number of its lines."""
    today = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=5)
    first, day = (today.replace(day=1)).strftime("%d.%m.%Y"), today.strftime("%d.%m.%Y")
    book = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
    debits = book.execute("SELECT sum(amountTiyin) FROM payout WHERE state = 'paid'").fetchone()[0]
    period = f"ДатаНачала={first}\r\nДатаКонца={day}\r\nРасчСчет={ACCOUNT}\r\n"
    count = 0
    with open(path, "w", encoding="cp1251", newline="") as out:
        out.write(f"1CClientBankExchange\r\nВерсияФормата=1.03\r\nКодировка=Windows\r\n{period}СекцияРасчСчет\r\n{period}")
        out.write(f"НачальныйОстаток={som(2 * debits)}\r\nВсегоПоступило=0.00\r\nВсегоСписано={som(debits)}\r\n")
        out.write(f"КонечныйОстаток={som(debits)}\r\nКонецРасчСчет\r\n")
        for amount, bank_id, agent_id in book.execute(
                "SELECT amountTiyin, bmID, agentTranID FROM payout JOIN attempt USING (batchID, row) WHERE state = 'paid'"):
            count += 1
            out.write(
                f"СекцияДокумент=Платежное поручение\r\nНомер={count}\r\nДата={day}\r\nСумма={som(amount)}\r\n"
                f"ПлательщикСчет={ACCOUNT}\r\nДатаСписано={day}\r\nПлательщик=ООО Клиент\r\nПолучательСчет={TRANSIT}\r\n"
                f"ДатаПоступило=\r\nПолучатель=АКБ Anor Bank\r\n"
                f"НазначениеПлатежа=Выплата на карту bmId {bank_id} agentTranId {agent_id}\r\nКонецДокумента\r\n")
        out.write("КонецФайла\r\n")
    book.close()
    return count


def som(tiyin):
    return f"{tiyin // 100}.{tiyin % 100:02}"
