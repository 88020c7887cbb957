#!/usr/bin/env python3
"""What a user would write instead of `payout report --lang en`: the same workbook by XlsxWriter, in constant memory.

    xlsx_peer.py LEDGER BATCH FILE.xlsx

The sheet of all rows is payout's, cell by cell, with its formats; the small sheets beside it are left out. It knows no
reasons and no corrections: the ledger that it is given has none.
"""

import sqlite3
import sys

import xlsxwriter

HEADINGS = [
    "Row", "Row id", "Recipient", "Card", "Account to debit", "MFO", "Amount, so‘m", "State", "Reason", "bmId",
    "Bank’s commission, so‘m", "Time", "Statement: day and document", "What to do", "Commission, as the bank sent it",
    "Sender’s EXT_ID", "Recipient’s EXT_ID", "agentTranId", "Times sent",
]
WIDTHS = [8, 12, 21, 18, 21, 7, 16, 17, 23, 11, 14, 16, 20, 34, 16, 12, 12, 17, 9]
# The columns that have no value in the ledger of the benchmark.
EMPTY = [1, 2, 8, 12]
STATES = {"paid": "paid", "queued": "not sent"}
ADVICE = {"paid": "", "queued": "Press “Send” or “Resume” on the page of the batch."}
QUERY = """
    SELECT payout.row, rowKey, name, maskedCard, account, bankCode, amountTiyin, state, bmID, commission,
        commissionAmountTiyin, senderExtID, recipientExtID, agentTranID, sends, changedAt
    FROM batch JOIN payout ON payout.batchID = batch.id
        JOIN attempt ON attempt.batchID = payout.batchID AND attempt.row = payout.row AND attempt.number = 1
    WHERE batch.reference = ? ORDER BY payout.row
"""


def formats(book):
    def cell(**more):
        return book.add_format({
            "font_name": "Calibri", "font_size": 10, "font_color": "#1F2937", "valign": "top", "bottom": 1,
            "bottom_color": "#D5DAE1", **more})

    return {
        "heading": book.add_format({
            "font_name": "Calibri", "font_size": 10, "bold": True, "font_color": "#FFFFFF", "bg_color": "#1E3A5F",
            "text_wrap": True, "indent": 1, "valign": "vcenter"}),
        "text": cell(indent=1, num_format="@"), "wrapped": cell(indent=1, text_wrap=True), "number": cell(num_format="#,##0"),
        "lined": book.add_format({"bottom": 1, "bottom_color": "#D5DAE1"}),
        "money": cell(num_format="#,##0.00"),
        "time": cell(num_format="dd.mm.yyyy hh:mm", indent=1, align="left"),
        "total": cell(bold=True, num_format="#,##0"), "total_money": cell(bold=True, num_format="#,##0.00"),
        "paid": cell(indent=1, bg_color="#E0F2E6", font_color="#17663A"),
        "queued": cell(indent=1, bg_color="#EEF1F5", font_color="#5B6675"),
    }


def main(ledger, batch, path):
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        look = formats(book)
        text, wrapped, number, money = look["text"], look["wrapped"], look["number"], look["money"]
        sheet = book.add_worksheet("Rows")
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.set_row(0, 45)
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(HEADINGS):
            sheet.write_string(0, column, heading, look["heading"])
        write_string, write_number = sheet.write_string, sheet.write_number

        def string(place, column, value, form=text):
            if value:
                write_string(place, column, value, form)

        total, commissions = 0, 0
        place = 0
        for place, (
            row, key, name, card, account, mfo, tiyin, state, bm, commission, commission_tiyin, sender, recipient, tran,
            sends, changed,
        ) in enumerate(sqlite3.connect(ledger).execute(QUERY, (batch,)), 1):
            write_number(place, 0, row, number)
            string(place, 1, key)
            string(place, 2, name, wrapped)
            write_string(place, 3, card, text)
            write_string(place, 4, account, text)
            write_string(place, 5, mfo, text)
            write_number(place, 6, tiyin / 100, money)
            write_string(place, 7, STATES[state], look[state])
            string(place, 9, bm and str(bm))
            if commission_tiyin is not None:
                write_number(place, 10, commission_tiyin / 100, money)
                commissions += commission_tiyin
            write_number(place, 11, (changed // 1000 + 5 * 3600) / 86400 + 25569, look["time"])
            string(place, 13, ADVICE[state], wrapped)
            string(place, 14, commission)
            string(place, 15, sender)
            string(place, 16, recipient)
            write_string(place, 17, str(tran), text)
            write_number(place, 18, sends, number)
            total += tiyin
        sheet.conditional_format(
            1, 0, place, len(HEADINGS) - 1, {"type": "formula", "criteria": "=TRUE", "format": look["lined"]})
        sheet.autofilter(0, 0, place, len(HEADINGS) - 1)
        for column in EMPTY:
            sheet.set_column(column, column, 8, None, {"hidden": True})
        place += 1
        for column in range(13):
            sheet.write_blank(place, column, None, look["total"])
        write_string(place, 0, "Total", look["total"])
        write_number(place, 6, total / 100, look["total_money"])
        write_number(place, 10, commissions / 100, look["total_money"])


main(*sys.argv[1:])
