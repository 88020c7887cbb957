"""The examples in docs/desk.md work as described."""

import os
import re
import signal
import subprocess

import pytest

from desk import files
from desk.program import EXECUTABLE, PATIENCE_SECONDS, ROOT

TEXT = (ROOT / "docs/desk.md").read_text()


def blocks():
    """Yields the indented blocks, each with its heading."""
    heading, block = "", []
    for line in [*TEXT.splitlines(), "."]:
        if line.startswith("    ") or (block and not line):
            block.append(line[4:])
            continue
        if any(block):
            yield heading, "\n".join(block).strip() + "\n"
        block = []
        heading = line.removeprefix("## ") if line.startswith("## ") else heading


def test_the_commands_of_try_it_start_a_desk(tmp_path, let_in):
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    (tmp_path / ".build/release").mkdir(parents=True)
    (tmp_path / ".build/release/payout").symlink_to(EXECUTABLE)
    [walk] = [text for heading, text in blocks() if heading == "Try it"]
    environment = {
        "HOME": str(tmp_path / "home"), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "PAYOUT_DESK_PORT": "0",
        "PAYOUT_LEDGER": str(tmp_path / "payouts.sqlite"),
    }
    shell = subprocess.Popen(
        ["sh", "-eu", "-c", walk], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        line = shell.stdout.readline()
        assert line.startswith("desk at http://127.0.0.1:"), line
        assert "8700" in walk, "the default port"
        url = line.split()[2].rstrip("/")
        dilnoza = let_in(Guest(url), "dilnoza", "en", signs_in=False)
        [password] = re.findall(r"echo '(.+?)'", walk)
        dilnoza.sign_in(password)
        dilnoza.page.wait_for_selector("#file")
        assert dilnoza.page.locator(".sandbox").is_visible(), "a bank that moves no money"
        dilnoza.drop(files.PAYROLL).store().pay().wait_until_done()
        dilnoza.page.goto("about:blank")
    finally:
        os.killpg(shell.pid, signal.SIGTERM)
        shell.wait(PATIENCE_SECONDS)
        shell.stdout.close()


class Guest:
    """A desk that another process started."""

    def __init__(self, url):
        self.url = url


def test_the_commands_of_the_service_add_users_to_the_desks_file(tmp_path):
    [steps] = [text for heading, text in blocks() if heading == "As a service"]
    [command] = [line for line in steps.splitlines() if "desk-user add" in line]
    # The command gets the path of the key from the service's settings, which the unit repeats.
    settings = (ROOT / "docs/systemd/payout.yaml").read_text()
    [key] = re.findall(r"^keyFile: (.*)$", settings, re.MULTILINE)
    unit = (ROOT / "docs/systemd/payout-desk.service").read_text()
    assert f"Environment=PAYOUT_KEY_FILE={key}\n" in unit
    arguments = command.removeprefix("sudo -u payout payout ").split()
    (tmp_path / "payout-key").mkdir(mode=0o700)
    done = subprocess.run(
        [EXECUTABLE, *arguments], input="a long password\n", capture_output=True, text=True,
        timeout=PATIENCE_SECONDS, cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PAYOUT_KEY_FILE": key.replace("/var/lib", str(tmp_path))})
    assert done.returncode == 0, done.stderr
    users = tmp_path / "payout-key/desk.users"
    assert users.read_text().startswith("dilnoza maker scrypt$") and users.stat().st_mode & 0o777 == 0o600


def test_every_documented_setting_exists(tmp_path):
    """A setting that the help does not list was renamed or removed."""
    told = subprocess.run([EXECUTABLE, "help", "desk"], capture_output=True, text=True, timeout=PATIENCE_SECONDS).stdout
    table = re.findall(r"^\| (`PAYOUT_.*?) \| (.*?) \|", TEXT, re.MULTILINE)
    assert len(table) >= 5
    for settings, flags in table:
        for flag in re.findall(r"--[a-z-]+", flags):
            assert flag in told, flag
        for setting in re.findall(r"PAYOUT_[A-Z_]+", settings):
            assert setting in told.replace("\n", " "), setting


def test_every_example_is_tested():
    assert len(list(blocks())) == 2
