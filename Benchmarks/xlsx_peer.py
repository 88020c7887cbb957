#!/usr/bin/env python3
"""What a user would write instead of `payout report --lang en`: the same workbook by XlsxWriter, in constant memory.

    xlsx_peer.py LEDGER BATCH FILE.xlsx

The sheet of all rows is payout's, cell by cell, with its formats; the small sheets beside it are left out. It knows no
reasons and no corrections: the ledger that it is given has none.
"""

import datetime
import sqlite3
import sys

import xlsxwriter

HEADINGS = [
    "Row", "Your key", "Recipient", "Card", "Sender's account", "MFO", "Amount, so'm", "State", "Reason", "What to do",
    "bmId", "commission", "commission-Amount, tiyin", "Sender's EXT_ID", "Recipient's EXT_ID", "agentTranId", "Times sent",
    "Time",
]
WIDTHS = [6, 10, 21, 18, 22, 7, 16, 13, 27, 34, 11, 11, 15, 12, 12, 17, 9, 18]
STATES = {"paid": "paid", "queued": "not sent"}
ADVICE = {"paid": "", "queued": "Run the batch again."}
TASHKENT = datetime.timezone(datetime.timedelta(hours=5))
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
        "text": cell(indent=1), "wrapped": cell(indent=1, text_wrap=True), "number": cell(num_format="#,##0"),
        "lined": book.add_format({"bottom": 1, "bottom_color": "#D5DAE1"}),
        "money": cell(num_format="#,##0.00"),
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
        sheet.set_row(0, 32)
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(HEADINGS):
            sheet.write_string(0, column, heading, look["heading"])
        write_string, write_number = sheet.write_string, sheet.write_number

        def string(place, column, value, form=text):
            if value:
                write_string(place, column, value, form)

        second, moment = None, ""
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
            string(place, 9, ADVICE[state], wrapped)
            string(place, 10, bm and str(bm))
            string(place, 11, commission)
            if commission_tiyin is not None:
                write_number(place, 12, commission_tiyin, number)
            string(place, 13, sender)
            string(place, 14, recipient)
            write_string(place, 15, str(tran), text)
            write_number(place, 16, sends, number)
            if changed // 1000 != second:
                second = changed // 1000
                moment = datetime.datetime.fromtimestamp(second, TASHKENT).strftime("%d.%m.%Y %H:%M:%S")
            write_string(place, 17, moment, text)
        sheet.conditional_format(
            1, 0, place, len(HEADINGS) - 1, {"type": "formula", "criteria": "=TRUE", "format": look["lined"]})
        sheet.autofilter(0, 0, place, len(HEADINGS) - 1)
        sheet.set_column(1, 2, 8, None, {"hidden": True})


main(*sys.argv[1:])
