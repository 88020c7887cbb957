"""A company's desk and a bank that moves no money, both as processes, in a temporary folder of the test."""

import base64
import contextlib
import hashlib
import json
import os
import signal
import urllib.request

from .program import Program

PASSWORD = "a long enough passphrase"
MAKER, CHECKER, VIEWER = "malika", "rustam", "revizor"
ROLES = {MAKER: "maker", CHECKER: "checker", VIEWER: "viewer"}


def users_file():
    """Writes a line for each user. These hashes cost less than those of `desk-user add`, and work in the same way."""
    salt = b"salt of the tests"
    key = hashlib.scrypt(PASSWORD.encode(), salt=salt, n=1 << 10, r=8, p=1, dklen=32)
    hashed = "$".join(["scrypt", "10", "8", "1", base64.b64encode(salt).decode(), base64.b64encode(key).decode()])
    return "".join(f"{name} {role} {hashed}\n" for name, role in ROLES.items())


class House:
    def __init__(self, folder, *sandbox_arguments, **settings):
        self.folder = folder
        self.users = folder / "desk.users"
        self.users.write_text(users_file())
        self.users.chmod(0o600)
        self.environment = {
            "HOME": str(folder / "home"), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "Asia/Tashkent",
            "PAYOUT_DESK_USERS": str(self.users), "PAYOUT_DESK_PORT": "0", "PAYOUT_LEDGER": str(self.ledger),
            **settings,
        }
        self.sandbox = Program(
            "sandbox", "--port", 0, "--journal", folder / "bank.journal", *sandbox_arguments, folder=folder,
            environment=self.environment)
        words = self.sandbox.line().split()
        self.bank_url = words[2].rstrip(",")
        self.environment |= {
            "PAYOUT_BANK_URL": self.bank_url, "PAYOUT_BANK_USERNAME": words[4].rstrip(","),
            "PAYOUT_BANK_PASSWORD": words[6],
        }
        self.desk = None
        self.start_desk()

    @property
    def ledger(self):
        return self.folder / "payouts.sqlite"

    @property
    def staging(self):
        """The folder in which the desk keeps an uploaded file until it is stored."""
        return self.folder / "payouts.sqlite.desk"

    def staged_bytes(self):
        return sum(path.stat().st_size for path in self.staging.rglob("*") if path.is_file())

    def start_desk(self, port=0):
        self.desk = Program(
            "desk", "--port", port, folder=self.folder, environment=self.environment)
        self.url = self.desk.line().split()[2].rstrip("/")

    @property
    def port(self):
        return int(self.url.rsplit(":", 1)[1])

    def lose_power(self):
        self.desk.kill()

    @contextlib.contextmanager
    def bank_holding_still(self):
        """Stops the bank: it accepts connections and answers nothing. So no run ends meanwhile, on any machine."""
        self.sandbox.signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.sandbox.signal(signal.SIGCONT)

    def books(self, page):
        with urllib.request.urlopen(f"{self.bank_url}/sandbox/{page}", timeout=30) as answer:
            return json.load(answer)

    def debits(self):
        """Returns the bank's own list of debits."""
        return self.books("debits")

    def audit(self):
        lines = (self.folder / "payouts.sqlite.audit").read_text().splitlines()
        return [json.loads(line) for line in lines]

    def end(self):
        for program in [self.desk, self.sandbox]:
            if program:
                program.kill()
