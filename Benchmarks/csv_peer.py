#!/usr/bin/env python3
"""What a user would write instead of `payout check` and `payout import`: Python's csv module, the same checks, sqlite3.

    csv_peer.py check FILE
    csv_peer.py table FILE DATABASE     checks, then stores the rows in a table of its own
    csv_peer.py ledger FILE LEDGER      checks, then stores them in an empty ledger that payout has made: the same tables,
                                        indexes and constraints, the same ids, fingerprints of the cards; but no card sealed
    csv_peer.py limit ROWS LEDGER       stores so many rows there in two statements, out of nothing: no file, no checks, no
                                        Python. It is SQLite's own part, which nobody who stores the rows can do without

The checks are those that a row without faults goes through in payout, and the whole file's: its digest, its sum, the same
card and amount twice, amounts far off the others. What payout does beyond, when something is wrong, is left out.
"""

import csv
import datetime
import hashlib
import hmac
import io
import sqlite3
import sys
import time

COLUMNS = ["account", "mfo", "pan", "exp", "amount"]
PREFIXES = ("8600", "9860", "5614", "6262", "5440", "5555", "4")
DOUBLED = {"0": 0, "1": 2, "2": 4, "3": 6, "4": 8, "5": 1, "6": 3, "7": 5, "8": 7, "9": 9}
LARGEST = 2**63 - 1


class Faulty(Exception):
    pass


def checked(path):
    """The rows (account, mfo, pan, exp, amount) one after another, and at the end the warnings; raises at the first error."""
    today = datetime.date.today()
    this_month = (today.year % 100, today.month)
    first_rows, sizes, warnings, total = {}, [0] * 64, 0, 0
    doubled = DOUBLED.__getitem__
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        reader = csv.reader(io.TextIOWrapper(file, "utf-8-sig", newline=""), strict=True)
        header = [name.strip().lower() for name in next(reader)]
        if sorted(header) != sorted(COLUMNS):
            raise Faulty(f"the columns are {header}")
        places = [header.index(name) for name in COLUMNS]
        in_order = places == list(range(len(COLUMNS)))
        for number, row in enumerate(reader, 2):
            if len(row) != 5:
                raise Faulty(f"row {number}: {len(row)} fields")
            account, mfo, pan, exp, amount = row if in_order else [row[place] for place in places]
            if not (len(account) == 20 and account.isascii() and account.isdigit()):
                raise Faulty(f"row {number}: account")
            if account[5:8] != "000" or account.endswith("00000"):
                warnings += 1
            if not (len(mfo) == 5 and mfo.isascii() and mfo.isdigit()):
                raise Faulty(f"row {number}: mfo")
            if not (len(pan) == 16 and pan.isascii() and pan.isdigit()):
                raise Faulty(f"row {number}: pan")
            if (sum(map(int, pan[1::2])) + sum(map(doubled, pan[::2]))) % 10:
                raise Faulty(f"row {number}: check digit")
            if not pan.startswith(PREFIXES):
                warnings += 1
            if not (len(exp) == 4 and exp.isascii() and exp.isdigit() and "01" <= exp[:2] <= "12"):
                raise Faulty(f"row {number}: exp")
            if (int(exp[2:]), int(exp[:2])) < this_month:
                raise Faulty(f"row {number}: past")
            if not (amount.isascii() and amount.isdigit()):
                raise Faulty(f"row {number}: amount")
            tiyin = int(amount)
            if not 0 < tiyin <= LARGEST:
                raise Faulty(f"row {number}: amount")
            total += tiyin
            if first_rows.setdefault((pan, tiyin), number) != number:
                warnings += 1
            sizes[tiyin.bit_length()] += 1
            yield number, account, mfo, pan, exp, tiyin
    if total > LARGEST:
        raise Faulty("the sum is too large")
    used = [size for size, count in enumerate(sizes) if count]
    if any(above - below > 4 for below, above in zip(used, used[1:])):
        warnings += 1
    yield digest, total, warnings


def fill(rows, database):
    book = sqlite3.connect(database, isolation_level=None)
    book.execute("PRAGMA journal_mode = WAL")
    book.execute("PRAGMA synchronous = FULL")
    book.execute("PRAGMA foreign_keys = ON")
    book.execute("PRAGMA cache_size = -49152")
    book.execute("BEGIN IMMEDIATE")
    book.execute(
        "INSERT INTO batch (id, reference, fileName, fileSHA256, rows, sumTiyin, importedBy, importedAt, warnings)"
        " VALUES (1, 'limit', 'limit', 'limit', ?, 1, 'limit', 1, 0)", (rows,))
    numbers = "WITH RECURSIVE number (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM number WHERE n <= ?) "
    book.execute(
        numbers + "INSERT INTO payout (batchID, row, account, bankCode, maskedCard, sealedCard, cardFingerprint, amountTiyin,"
        " state, changedAt) SELECT 1, n, '20208000900123456001', '01071', '860012******1234', randomblob(48),"
        " randomblob(16), 100000 + n, 'queued', 1 FROM number", (rows,))
    book.execute(
        numbers + "INSERT INTO attempt (agentTranID, batchID, row, number)"
        " SELECT 100000000000000 + abs(random()) % 900000000000000, 1, n, 1 FROM number", (rows,))
    book.execute("COMMIT")
    book.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    book.close()


def main(task, path, database=None):
    if task == "limit":
        return fill(int(path), database)
    rows = checked(path)
    if task == "check":
        count = -1
        for last in rows:
            count += 1
        print(f"{count} rows, {last[1]} tiyin, {last[2]} warnings, {last[0]}")
        return
    # Nothing is stored of a file with a fault, so all of it is looked at first.
    *rows, (digest, total, warnings) = rows
    book = sqlite3.connect(database, isolation_level=None)
    book.execute("PRAGMA journal_mode = WAL")
    book.execute("PRAGMA synchronous = FULL")
    book.execute("PRAGMA foreign_keys = ON")
    prefix = f"{path}\x1f{digest}\x1f"

    def derived(row):
        hashed = hashlib.sha256(f"{prefix}{row}\x1f1\x1f0".encode()).digest()
        return 10**14 + int.from_bytes(hashed[:8], "big") % (9 * 10**14)

    if task == "table":
        book.execute(
            "CREATE TABLE payout (id INTEGER PRIMARY KEY, row INTEGER, account TEXT, mfo TEXT, pan TEXT, exp TEXT,"
            " amount INTEGER, state TEXT)")
        book.execute("BEGIN IMMEDIATE")
        book.executemany(
            "INSERT INTO payout VALUES (?, ?, ?, ?, ?, ?, ?, 'queued')", ((derived(row[0]), *row) for row in rows))
    else:
        now = int(time.time() * 1000)
        key = bytes(32)
        book.execute("BEGIN IMMEDIATE")
        batch = book.execute(
            "INSERT INTO batch (reference, fileName, fileSHA256, rows, sumTiyin, importedBy, importedAt, warnings)"
            " VALUES (?, ?, ?, ?, ?, 'peer', ?, ?)", (path, path, digest, len(rows), total, now, warnings)).lastrowid
        book.executemany(
            "INSERT INTO payout (batchID, row, account, bankCode, maskedCard, sealedCard, cardFingerprint, amountTiyin,"
            " state, changedAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?)",
            ((batch, row, account, mfo, f"{pan[:6]}******{pan[12:]}", f"{pan}{exp}{'':28}".encode(),
              hmac.digest(key, pan.encode(), "sha256")[:16], tiyin, now)
             for row, account, mfo, pan, exp, tiyin in rows))
        book.executemany(
            "INSERT INTO attempt (agentTranID, batchID, row, number) VALUES (?, ?, ?, 1)",
            ((derived(row[0]), batch, row[0]) for row in rows))
    book.execute("COMMIT")
    book.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    book.close()
    print(f"{len(rows)} rows, {total} tiyin, {warnings} warnings, {digest}")


main(*sys.argv[1:])
