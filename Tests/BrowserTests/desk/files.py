"""Payout files as people and as attackers hand them in."""

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
    """Ordinary cards, each row another card and amount."""
    return write(path, [line(ordinary_card(row), tiyin + row) for row in range(1, rows + 1)])


def of_outcomes(path, *outcomes):
    """A row for each of the sandbox's cards, between rows that are paid."""
    lines = []
    for place, outcome in enumerate(outcomes, start=1):
        lines.append(line(card(outcome), 20_000_000 + place, "Saidova Malika"))
        lines.append(line(ordinary_card(place), 30_000_000 + place))
    return write(path, lines)


def of_bytes(path, count):
    """As long as asked for, of lines that look like a payout file's, taking no room on the disk of its own."""
    with path.open("wb") as file:
        file.write((HEADER + "\n" + line(ordinary_card(1), 10_000_000) + "\n").encode())
        file.truncate(count)
    return path


def zip_bomb(path, unpacked_bytes):
    """A workbook-like archive that unpacks to a thousand times its size, with a name that says CSV."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(unpacked_bytes >> 20):
                sheet.write(bytes(1 << 20))
    return path
