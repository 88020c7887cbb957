"""What a tester of the sandbox knows and a description cannot say."""

import json
import os
import urllib.request

SANDBOX = os.environ.get("PAYOUT_SANDBOX", "")
CARD = {"pan": "8600069195406311", "exp": "0727"}
RECIPIENT = 1001


def sent_code(about, sandbox=SANDBOX):
    """The last code that was sent about a card's verification or a bill."""
    with urllib.request.urlopen(f"{sandbox}/sandbox/sms", timeout=20) as answer:
        return {message["id"]: message["code"] for message in json.load(answer)}.get(about)


def luhn(pan):
    """The number with a last digit that passes Luhn."""
    digits = [int(digit) for digit in pan[:15]]
    doubled = [digit * 2 - (9 if digit > 4 else 0) if place % 2 == 0 else digit for place, digit in enumerate(digits)]
    return pan[:15] + str(-sum(doubled) % 10)
