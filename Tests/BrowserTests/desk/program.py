"""The built program as a process, as a person or systemd runs it."""

import os
import select
import signal
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
EXECUTABLE = ROOT / ".build/debug/payout"
PATIENCE_SECONDS = 60


class Program:
    def __init__(self, *arguments, folder, environment):
        self.errors = folder / f"{arguments[0]}.err"
        with self.errors.open("ab") as errors:
            self.process = subprocess.Popen(
                [EXECUTABLE, *map(str, arguments)], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=errors)

    def line(self):
        """Returns the next printed line; fails if none arrives."""
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE_SECONDS)
        line = self.process.stdout.readline().decode() if ready else ""
        if not line:
            self.kill()
            raise AssertionError(f"{self.process.args} said nothing more; its errors: {self.errors.read_text()}")
        return line.strip()

    def signal(self, number):
        os.kill(self.process.pid, number)

    def kill(self):
        """Kills the process without clean-up, as when the machine loses power."""
        if self.process.poll() is None:
            # A stopped process dies as well.
            self.signal(signal.SIGKILL)
            self.process.wait()
        self.process.stdout.close()

    def stop(self):
        """Stops the process as systemd does. Returns its exit status."""
        self.signal(signal.SIGTERM)
        status = self.process.wait(PATIENCE_SECONDS)
        self.process.stdout.close()
        return status

    def peak_memory_bytes(self):
        """Returns the peak memory of the process (VmHWM)."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
        raise AssertionError("the kernel does not say how much memory a program had")


def run(*arguments, folder, environment, given=""):
    """Runs a command to its end and returns its output."""
    done = subprocess.run(
        [EXECUTABLE, *map(str, arguments)], cwd=folder, env=environment, input=given, capture_output=True, text=True,
        timeout=PATIENCE_SECONDS)
    assert done.returncode == 0, done.stderr
    return done.stdout
