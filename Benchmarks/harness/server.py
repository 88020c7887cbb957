"""The bank that both sides of a pair pay: `payout sandbox`, in a process of its own.

docs/performance.md says why it is this one.
"""

import json
import re
import subprocess
import tempfile
import urllib.request
from pathlib import Path

from .processes import Failed, cpu_seconds_so_far

USERNAME = "agent"
PASSWORD = "s3cret-Pa$$"


class Bank:
    """Serves while the `with` block lasts.

    - latency_ms: how long it waits before it answers a payout.
    """

    def __init__(self, payout: Path, latency_ms: int = 0):
        self._command = [str(payout), "sandbox", "--port", "0", "--latency", str(latency_ms)]

    def __enter__(self) -> "Bank":
        self._errors = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self._errors, text=True)
        greeting = self._process.stdout.readline()
        address = re.search(r"http://[0-9.:]+", greeting)
        if not address:
            self._process.kill()
            raise Failed(f"the sandbox does not start: {greeting!r}")
        self.url = address.group()
        return self

    def __exit__(self, *_) -> None:
        self._process.terminate()
        self._process.wait()
        self._process.stdout.close()
        self._errors.close()

    @property
    def environment(self) -> dict:
        """The settings by which `payout` finds it."""
        return {"PAYOUT_BANK_URL": self.url, "PAYOUT_BANK_USERNAME": USERNAME, "PAYOUT_BANK_PASSWORD": PASSWORD}

    @property
    def cpu_seconds(self) -> float:
        return cpu_seconds_so_far(self._process.pid)

    def counts(self) -> dict:
        """How many requests of each kind came."""
        with urllib.request.urlopen(self.url + "/sandbox/requests") as answer:
            return json.load(answer)
