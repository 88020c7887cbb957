"""Makes card numbers that belong to nobody, and finds full card numbers where none may be."""

import re

# In one piece or in groups; not a part of a longer number, a hash or a word.
_SIXTEEN_DIGITS = re.compile(
    r"(?<![\w*])(?<!\d[ \u00a0-])\d{4}(?:([ \u00a0-]?)\d{4})(?:\1\d{4}){2}(?![\w*]|[ \u00a0-]\d)")


def luhn(digits):
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def card(number, prefix="8600"):
    """Returns a card. If digits 5 to 12 are zeros, it chooses the sandbox's answer (docs/sandbox.md); any other is paid."""
    payload = f"{prefix}{number:011d}"
    return next(payload + check for check in "0123456789" if luhn(payload + check))


def ordinary_card(number):
    return card(10_000_000 + number * 1_000)


def whole_cards(text):
    found = (re.sub(r"\D", "", match.group()) for match in _SIXTEEN_DIGITS.finditer(text))
    return [digits for digits in found if luhn(digits)]
