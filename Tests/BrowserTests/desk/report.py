"""The report as openpyxl reads it."""

from collections import Counter
from typing import NamedTuple

from openpyxl import load_workbook

# The sheet with every row of the file. Its columns have the same order in every language.
_ROWS_SHEET = 1
_COLUMNS = {"row": 0, "card": 3, "som": 6, "state": 7, "agentTranId": 17}


class Row(NamedTuple):
    number: int
    card: str
    tiyin: int
    state: str
    agent_id: int


def rows(path):
    head, *lines = load_workbook(path, read_only=True).worksheets[_ROWS_SHEET].iter_rows(values_only=True)
    assert head[_COLUMNS["agentTranId"]] == "agentTranId", head
    return [
        Row(line[0], line[_COLUMNS["card"]], round(line[_COLUMNS["som"]] * 100), line[_COLUMNS["state"]],
            int(line[_COLUMNS["agentTranId"]]))
        # The last line has the totals.
        for line in lines[:-1]
    ]


def parts(rows):
    """Returns the number of rows in each state, largest first, whatever the names of the states."""
    return sorted(Counter(row.state for row in rows).values(), reverse=True)


def text(path):
    """Returns the text of every cell of the workbook."""
    book = load_workbook(path, read_only=True)
    return "\n".join(
        str(cell) for sheet in book for line in sheet.iter_rows(values_only=True) for cell in line if cell is not None)
