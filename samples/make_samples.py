#!/usr/bin/env python3
"""Writes the sample payout files beside itself. The same seed gives the same bytes.

No card here is anybody's: ordinary ones are random numbers that pass Luhn, the others are the public test cards or the
sandbox's, whose digits 5 to 12 are zeros and whose digits 13 to 15 choose what the bank answers.
"""

import random
from pathlib import Path

SEED = 20261123
ACCOUNT = "20208000900123456001"
MFO = "01183"
PREFIXES = ["8600", "9860", "5614"]
PUBLIC_TEST_CARDS = ["8600069195406311", "8600495473316478", "8600060921090842"]

# The sandbox's numbers, and at which row of the payroll each stands. Refusals that look like one common cause when
# they come one after another are kept apart.
PAYROLL_OUTCOMES = {
    4: 1,  # card not found
    9: 2,  # card not active: blocked
    14: 31,  # asked to slow down once, then pays
    18: 12,  # the connection closes after paying
    23: 5,  # limit exceeded
    27: 4,  # the recipient's bank is not supported
    32: 11,  # pays late
    36: 22,  # debit_error, though paid
    41: 3,  # card not valid: expired at its bank
    45: 41,  # PAYING, then SUCCESS
    49: 21,  # debit_error, not paid
    54: 23,  # needs a reverse: for a person
    58: 1,  # card not found
}

NAMES = {
    "Aziz": "Karimov", "Dilshod": "Rahimov", "Sardor": "Yusupov", "Jasur": "Toshmatov", "Bekzod": "Aliyev",
    "Otabek": "Nazarov", "Rustam": "Ismoilov", "Ulug‘bek": "Qodirov", "Sherzod": "Abdullayev", "Farhod": "G‘aniyev",
    "Malika": "Saidova", "Nilufar": "Ergasheva", "Dilnoza": "Xolmatova", "Gulnora": "Usmonova", "Zulfiya": "Mirzayeva",
    "Shahnoza": "Tursunova", "Madina": "Sobirova", "Feruza": "Jo‘rayeva", "Kamola": "Hamidova", "Nargiza": "O‘rinova",
}


def check_digit(payload):
    total = 0
    for place, digit in enumerate(reversed(payload)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def card(random_, seen):
    while True:
        payload = random_.choice(PREFIXES) + "".join(random_.choice("0123456789") for _ in range(11))
        pan = payload + check_digit(payload)
        if pan not in seen and payload[4:12] != "00000000":
            seen.add(pan)
            return pan


def sandbox_card(prefix, number):
    payload = prefix + "0" * 8 + f"{number:03d}"
    return payload + check_digit(payload)


def expiry(random_):
    return f"{random_.randint(1, 12):02d}{random_.randint(29, 31)}"


def name(random_):
    first = random_.choice(list(NAMES))
    family = random_.choice([f for n, f in NAMES.items() if f.endswith("a") == NAMES[first].endswith("a")])
    return f"{family} {first}"


def payroll():
    random_, seen = random.Random(SEED), set()
    lines = ["account,mfo,pan,exp,amount,name"]
    for number in range(1, 61):
        if number in PAYROLL_OUTCOMES:
            pan = sandbox_card(PREFIXES[number % 3], PAYROLL_OUTCOMES[number])
        else:
            pan = card(random_, seen)
        tiyin = random_.randint(2_800, 14_500) * 1_000 * 100 + random_.randint(0, 99_999)
        lines.append(f"{ACCOUNT},{MFO},{pan},{expiry(random_)},{tiyin},{name(random_)}")
    return "\n".join(lines) + "\n"


def cashback():
    random_, seen = random.Random(SEED + 1), set()
    lines = ["account;mfo;pan;exp;amount_uzs;id"]
    for number in range(1, 501):
        amount = random_.randint(1_000_00, 250_000_00)
        lines.append(
            f"{ACCOUNT};{MFO};{card(random_, seen)};{expiry(random_)};{amount // 100}.{amount % 100:02d};CB-{number:05d}")
    return "\n".join(lines) + "\n"


def mistakes():
    first, second, third = PUBLIC_TEST_CARDS
    rows = [
        [ACCOUNT, MFO, first, "0130", "150000000", "Karimov Aziz"],  # nothing wrong
        [ACCOUNT[:-1], MFO, second, "0130", "150000000", "account of 19 digits"],
        [ACCOUNT, "1183", second, "0130", "150000000", "leading zero lost"],
        [ACCOUNT, MFO, second[:-1], "0130", "150000000", "card of 15 digits"],
        [ACCOUNT, MFO, second[:-1] + "0", "0130", "150000000", "card mistyped"],
        [ACCOUNT, MFO, third, "130", "150000000", "expiry of three digits"],
        [ACCOUNT, MFO, third, "0124", "150000000", "expired"],
        [ACCOUNT, MFO, third, "0130", "1500000.50", "tiyin with decimals"],
        [ACCOUNT, MFO, third, "0130", "0", "nothing to pay"],
        [ACCOUNT, MFO, third, "0130", "1 500 000", "thousands grouped"],
        [ACCOUNT, MFO, third, "0130", "99999999999999999999", "too large"],
        [ACCOUNT, MFO, "٨٦٠٠٠٦٠٩٢١٠٩٠٨٤٢", "0130", "150000000", "digits of another script"],
        [ACCOUNT, MFO, third, "0130", "=E2*2", "formula"],
        [ACCOUNT, MFO, third, "0130"],  # two fields missing
        [ACCOUNT, MFO, "8600 0691 9540 6311", "0130", "150000000", "paid in row 2 already"],
        ["", MFO, third, "1330", "-5", "three mistakes at once"],
    ]
    return "\n".join(",".join(row) for row in [["account", "mfo", "pan", "exp", "amount", "name"], *rows]) + "\n"


def main():
    folder = Path(__file__).resolve().parent
    for file, text in (("payroll.csv", payroll()), ("cashback.csv", cashback()), ("mistakes.csv", mistakes())):
        (folder / file).write_bytes(text.encode("utf-8"))


if __name__ == "__main__":
    main()
