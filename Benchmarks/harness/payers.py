"""The three that pay a file at the bank: payout, the peer, and wrk, which only posts."""

import csv
import json
import re
import sqlite3
import urllib.request
from dataclasses import replace
from itertools import count
from pathlib import Path

from .processes import Failed, Run, printed, run
from .server import PASSWORD, USERNAME, Bank
from .workplace import Workplace, fresh

_numbers = count(1)


def run_payout(
    work: Workplace, bank: Bank, file: Path, rows: int, folder: Path, concurrency: int, under: list = []
) -> Run:
    """`payout run FILE`, from nothing to the report, each time under another reference: so the ids are new to the bank.

    `more["sending"]` is the time from the first claim to the last answer, as the ledger's event log has them.
    `under` is a command that runs it, such as `env`.
    """
    place = fresh(folder, "payout")
    whole = run(
        [*under, work.payout, "run", file, "--yes", "--accept-warnings", "--reference", f"bench-{next(_numbers)}",
         "--concurrency", concurrency],
        rows, place, payout_environment(place, bank))
    return replace(whole, more={"sending": seconds_of_sending(place / "ledger.sqlite", rows)})


def payout_environment(place: Path, bank: Bank) -> dict:
    return {
        **bank.environment, "PAYOUT_LEDGER": str(place / "ledger.sqlite"), "PAYOUT_KEY_FILE": str(place / "key"),
        "PAYOUT_OUTPUT": str(place),
    }


def seconds_of_sending(ledger: Path, rows: int) -> float:
    """Checks on the way that every row is paid."""
    with sqlite3.connect(ledger) as book:
        (paid,) = book.execute("SELECT count(*) FROM payout WHERE state = 'paid'").fetchone()
        first, last = book.execute(
            "SELECT min(at), max(at) FROM event WHERE toState IN ('sending', 'paid')").fetchone()
    book.close()
    if paid != rows:
        raise Failed(f"payout paid {paid} rows of {rows}")
    return max(last - first, 1) / 1000


def run_peer(work: Workplace, bank: Bank, file: Path, rows: int, folder: Path, concurrency: int) -> Run:
    """`more["sending"]` is what the peer itself says of its sending."""
    place = fresh(folder, "peer")
    whole = run(
        [work.python, work.peer / "peer.py", file, bank.url, place / "peer.sqlite", place / "peer.xlsx", concurrency],
        rows, place)
    with sqlite3.connect(place / "peer.sqlite") as book:
        (paid,) = book.execute("SELECT count(*) FROM t WHERE state = 'paid'").fetchone()
    book.close()
    if paid != rows:
        raise Failed(f"the peer paid {paid} rows of {rows}")
    sending = re.search(r"send=([0-9.]+)", printed(place, work.python.name))
    return replace(whole, more={"sending": float(sending.group(1))})


def run_wrk(bank: Bank, file: Path, folder: Path, concurrency: int, seconds: int) -> Run:
    """Posts the file's bodies over and over; every request must have been answered with 200."""
    place = fresh(folder, "wrk")
    tails = place / "tails.txt"
    with open(file, newline="") as source, open(tails, "w") as output:
        for row in csv.DictReader(source):
            output.write(tail(row) + "\n")
    script = Path(__file__).resolve().parent.parent / "bodies.lua"
    whole = run(
        ["wrk", "--threads", 1, "--connections", concurrency, "--duration", seconds, "--script", script, bank.url,
         "--", token(bank), next(_numbers) * 10**9, tails],
        1, place)
    text = printed(place, "wrk")
    requests = re.search(r"(\d+) requests in", text)
    if not requests or "Non-2xx" in text or "Socket errors" in text:
        raise Failed(f"wrk was not served as it should be:\n{text}")
    # wrk stops after the time it was given; its start and end are none of the bank's.
    return replace(whole, rows=int(requests.group(1)), seconds=float(seconds))


def tail(row: dict) -> str:
    """A body as payout sends it, without its beginning: the id, which each request has of its own."""
    order = {
        "amount": int(row["amount"]),
        "from": {
            "currency": 860, "params": {"account": row["account"], "mfo": row["mfo"], "name": "viplati"},
            "type": "ACCOUNT",
        },
        "to": {"currency": 860, "params": {"exp": row["exp"], "pan": row["pan"]}, "type": "PAN"},
    }
    return "," + json.dumps(order, separators=(",", ":"))[1:]


def token(bank: Bank) -> str:
    body = json.dumps({"username": USERNAME, "password": PASSWORD}).encode()
    request = urllib.request.Request(
        bank.url + "/api/ext/user/login", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["result"]["access_token"]
