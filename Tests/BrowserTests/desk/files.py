"""Payout files of people and of attackers."""

import zipfile

from .cards import card, ordinary_card
from .program import ROOT

SAMPLES = ROOT / "samples"
PAYROLL = SAMPLES / "payroll.csv"
MISTAKES = SAMPLES / "mistakes.csv"

HEADER = "account,mfo,pan,exp,amount,name"
ACCOUNT = "20208000900123456001"


def line(pan, tiyin, name="Karimov Aziz"):
    return f"{ACCOUNT},01183,{pan},1230,{tiyin},{name}"


def write(path, lines):
    path.write_text("\n".join([HEADER, *lines]) + "\n")
    return path


def payable(path, rows, tiyin=10_000_000):
    """Returns a file in which each row has another ordinary card and amount."""
    return write(path, [line(ordinary_card(row), tiyin + row) for row in range(1, rows + 1)])


def of_outcomes(path, *outcomes):
    """Returns a file with a row for each of the sandbox's cards, between rows that are paid."""
    lines = []
    for place, outcome in enumerate(outcomes, start=1):
        lines.append(line(card(outcome), 20_000_000 + place, "Saidova Malika"))
        lines.append(line(ordinary_card(place), 30_000_000 + place))
    return write(path, lines)


def of_bytes(path, count):
    """Makes a file of the given length, with lines like a payout file's, that takes no extra disk space."""
    with path.open("wb") as file:
        file.write((HEADER + "\n" + line(ordinary_card(1), 10_000_000) + "\n").encode())
        file.truncate(count)
    return path


def zip_bomb(path, unpacked_bytes):
    """Makes an archive like a workbook that unpacks to a thousand times its size, with a CSV name."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(unpacked_bytes >> 20):
                sheet.write(bytes(1 << 20))
    return path
