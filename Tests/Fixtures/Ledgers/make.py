#!/usr/bin/env python3
"""Makes the ledgers of this folder with a payout program of an earlier version. See README.md.

    unshare --uts sh -c 'hostname office && python3 make.py PROGRAM'
"""
import glob, json, os, shutil, signal, sqlite3, subprocess, sys, tempfile, time, urllib.request

PROGRAM = os.path.abspath(sys.argv[1])
HERE = os.path.dirname(os.path.abspath(__file__))
ACCOUNT, MFO = "20208000900123456001", "01183"
SALARY = "Зарплатный ноябрь"  # with a й in its composed form


def card(body):
    """The card that begins so, with Luhn's digit."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)


def plain(serial):
    return card(f"860049{serial:09d}")


def special(outcome, prefix="8600"):
    return card(f"{prefix}00000000{outcome:03d}")


def write(path, header, lines):
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join([header] + lines) + "\n")


class Bank:
    def __init__(self, folder, *arguments):
        self.process = subprocess.Popen(
            [PROGRAM, "sandbox", "--port", "0", "--journal", f"{folder}/bank.journal", *arguments],
            stdout=subprocess.PIPE, text=True)
        self.url = next(word for word in self.process.stdout.readline().split() if word.startswith("http")).rstrip(",")

    def requests(self):
        return json.load(urllib.request.urlopen(self.url + "/sandbox/requests"))["pay"]

    def close(self):
        self.process.kill()
        self.process.wait()


class Work:
    """A folder with a ledger, and the people who work on it."""

    def __init__(self, name, *bank):
        self.name, self.folder = name, tempfile.mkdtemp()
        self.bank = Bank(self.folder, *bank)
        self.environment = {
            "HOME": self.folder, "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "Asia/Tashkent",
            "PAYOUT_BANK_URL": self.bank.url, "PAYOUT_BANK_USERNAME": "agent", "PAYOUT_BANK_PASSWORD": "s3cret-Pa$$",
            "PAYOUT_SENDER_NAME": "ACME", "PAYOUT_LEDGER": f"{self.folder}/{self.name}.sqlite",
            "PAYOUT_KEY_FILE": f"{self.folder}/{self.name}.key", "PAYOUT_RECONCILE_QUIET_PERIOD": "0",
            "PAYOUT_REQUEST_TIMEOUT": "5", "PAYOUT_CONCURRENCY": "1", "PAYOUT_REQUIRE_APPROVAL": "true"}

    def start(self, who, *arguments, **more):
        return subprocess.Popen(
            [PROGRAM, *arguments], cwd=self.folder, env=self.environment | {"SUDO_USER": who} | more,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, who, *arguments, expecting=0, **more):
        process = self.start(who, *arguments, **more)
        output, errors = process.communicate()
        if process.returncode != expecting:
            sys.exit(f"{' '.join(arguments)}: {process.returncode} instead of {expecting}\n{errors}")
        return output

    def keep(self, *names):
        """Copies the ledger's key, its send journal and these files."""
        own = [os.path.basename(path) for path in glob.glob(f"{self.folder}/{self.name}.key*")]
        for name in own + list(names):
            shutil.copyfile(f"{self.folder}/{name}", f"{HERE}/{self.name}/{name}")

    def write_down(self):
        """What stands in the ledger, read by SQL and not by the program; the totals are the program's."""
        copy = tempfile.mkdtemp()
        for file in os.listdir(self.folder):
            if file.startswith(f"{self.name}.sqlite"):
                shutil.copyfile(f"{self.folder}/{file}", f"{copy}/{file}")
        ledger = sqlite3.connect(f"{copy}/{self.name}.sqlite")
        ledger.row_factory = sqlite3.Row
        rows = lambda sql, *values: [dict(row) for row in ledger.execute(sql, values)]
        batches = rows("SELECT id, reference, fileName, fileSHA256, importedBy, bank, senderName FROM batch ORDER BY id")
        for batch in batches:
            number = batch.pop("id")
            status = json.loads(self.run(
                "dilnoza", "status", batch["reference"], "--json", PAYOUT_LEDGER=f"{copy}/{self.name}.sqlite"))
            batch["rows"], batch["tiyin"] = status["rows"], status["tiyin"]
            batch["warnings"] = rows("SELECT kind, count FROM warning WHERE batchID = ? ORDER BY kind", number)
            batch["approvals"] = rows("SELECT who, rows, sumTiyin FROM approval WHERE batchID = ? ORDER BY id", number)
            batch["corrections"] = rows(
                "SELECT who, row, number, maskedCard, amountTiyin, changeTiyin FROM correction WHERE batchID = ? ORDER BY id", number)
            batch["events"] = rows("SELECT count(*) AS count FROM event WHERE batchID = ?", number)[0]["count"]
            batch["payouts"] = rows(
                "SELECT row, account, bankCode, maskedCard, amountTiyin, name, rowKey, state, reasonCode FROM payout "
                "WHERE batchID = ? ORDER BY row", number)
            for payout in batch["payouts"]:
                payout["attempts"] = rows(
                    "SELECT agentTranID, number, verdict, sends, bmID, decidedBy FROM attempt WHERE batchID = ? AND row = ? "
                    "ORDER BY number", number, payout["row"])
        with open(f"{HERE}/{self.name}/{self.name}.json", "w", encoding="utf-8") as file:
            json.dump({"batches": batches}, file, ensure_ascii=False, indent=1)
            file.write("\n")


def total(lines):
    amounts = [int(line.split(",")[4]) for line in lines]
    return ["--rows", str(len(amounts)), "--sum", f"{sum(amounts)} tiyin"]


def office():
    """A company's month: a row of every state but *sending*, and whatever people do about rows."""
    work = Work("office")
    header = "account,mfo,pan,exp,amount,name,id"
    cards = [
        plain(1), plain(2), plain(2), special(1), special(2), special(4), special(5), special(12), special(14),
        special(14, "9860"), special(23), special(42), special(21), plain(3), special(31)]
    amounts = [100_000 + 1_000 * number for number in range(len(cards))]
    amounts[2] = amounts[1]  # the same card and amount twice: a warning
    salary = [
        f"{ACCOUNT},{MFO},{pan},1230,{amount},Каримов {number},К-{number}"
        for number, (pan, amount) in enumerate(zip(cards, amounts), 1)]
    write(f"{work.folder}/november.csv", header, salary)
    work.run("dilnoza", "import", "november.csv", "--reference", SALARY)
    work.run("rustam", "approve", SALARY, *total(salary))
    work.run("dilnoza", "run", SALARY, "--yes", "--accept-warnings", expecting=11)

    # Row 5 is corrected once, row 6 twice, and each correction is approved.
    corrections = 0
    for fix in [[f"5,{plain(5)},1230,150000", f"6,{special(3)},1230,"], [f"6,{plain(6)},1131,"]]:
        write(f"{work.folder}/fix.csv", "row,pan,exp,amount", fix)
        work.run("dilnoza", "rerun", SALARY, "--corrections", "fix.csv", "--yes", expecting=77)
        corrected = sum(amounts) + 150_000 - amounts[3]
        corrections += len(fix)
        work.run("rustam", "approve", SALARY, "--rows", str(len(salary)), "--sum", f"{corrected} tiyin",
                 "--corrections", str(corrections))
        work.run("dilnoza", "run", SALARY, "--yes", expecting=11)
    work.run("dilnoza", "withdraw", SALARY, "--rows", "8", "--note", "left the company")
    for _ in range(4):
        work.run("dilnoza", "reconcile", SALARY, expecting=11)
    work.run("dilnoza", "resolve", SALARY, "--row", "11", "--not-paid", "--note", "the bank's letter 17")
    work.run("rustam", "resolve", SALARY, "--row", "12", "--paid", "--note", "the bank's statement of today")

    # All paid; stopped in the middle, for the company's account was empty; waiting for an approval.
    batches = {
        "cash": [plain(20 + number) for number in range(3)],
        "advance": [plain(30), plain(31), special(6), plain(32), plain(33)],
        "bonus": [plain(40 + number) for number in range(4)]}
    for name, cards in batches.items():
        lines = [f"{ACCOUNT},{MFO},{pan},1230,{200_000 + number}" for number, pan in enumerate(cards)]
        write(f"{work.folder}/{name}.csv", "account,mfo,pan,exp,amount", lines)
        work.run("dilnoza", "import", f"{name}.csv")
        if name != "bonus":
            work.run("rustam", "approve", name, *total(lines))
            work.run("dilnoza", "run", name, "--yes", expecting=75 if name == "advance" else 0)
    work.run("dilnoza", "withdraw", "bonus", "--rows", "3", "--note", "paid in cash")
    work.write_down()
    work.bank.close()
    with sqlite3.connect(f"{work.folder}/{work.name}.sqlite") as ledger:
        ledger.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    work.keep(f"{work.name}.sqlite", "november.csv", "cash.csv", "advance.csv", "bonus.csv", "bank.journal")


def killed():
    """A run that was killed while rows were on their way: *sending*, and the log beside the ledger."""
    work = Work("killed", "--latency", "300")
    work.environment["PAYOUT_REQUIRE_APPROVAL"] = "false"
    lines = [f"{ACCOUNT},{MFO},{plain(50 + number)},1230,{300_000 + number}" for number in range(9)]
    write(f"{work.folder}/payroll.csv", "account,mfo,pan,exp,amount", lines)
    work.run("dilnoza", "import", "payroll.csv")
    run = work.start("dilnoza", "run", "payroll", "--yes", "--concurrency", "3")
    while work.bank.requests() < 6:
        time.sleep(0.001)
    run.send_signal(signal.SIGKILL)
    run.wait()
    time.sleep(1)  # what was on its way arrives
    names = [f"{work.name}.sqlite{end}" for end in ["", "-wal", ".runner"]]
    work.keep(*names, "payroll.csv", "bank.journal")
    work.write_down()
    work.bank.close()


for make in [office, killed]:
    shutil.rmtree(f"{HERE}/{make.__name__}", ignore_errors=True)
    os.mkdir(f"{HERE}/{make.__name__}")
    make()
