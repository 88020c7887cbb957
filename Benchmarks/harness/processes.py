"""One process, from its start to its end: how long it took, and what it and its children used."""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """What one run took. CPU time is user and system time of the process and of its children together."""

    rows: int
    seconds: float
    cpu_seconds: float
    peak_bytes: int = 0
    #: Figures of the benchmark's own, such as the seconds of one phase.
    more: dict | None = None

    @property
    def rows_per_second(self) -> float:
        return self.rows / self.seconds

    @property
    def cpu_per_row(self) -> float:
        return self.cpu_seconds / self.rows


class Failed(Exception):
    """A measured program did not do what it was to do: a figure of it would mean nothing."""


def run(command: list, rows: int, cwd: Path, env: dict | None = None, expect: tuple[int, ...] = (0,)) -> Run:
    """Runs a command to its end. What it prints is kept beside it, and shown only where it fails."""
    log = cwd / f"{Path(str(command[0])).name}.log"
    with open(log, "wb") as output:
        start = time.monotonic()
        process = subprocess.Popen(
            [str(word) for word in command], cwd=cwd, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL,
            stdout=output, stderr=subprocess.STDOUT)
        # The usage of this one child and of those that it waited for, whatever else ran meanwhile.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in expect:
        tail = log.read_text(errors="replace")[-2000:]
        raise Failed(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{tail}")
    return Run(rows, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def printed(cwd: Path, program: str) -> str:
    """What the last run of a program in this folder printed."""
    return (cwd / f"{program}.log").read_text(errors="replace")


def cpu_seconds_so_far(pid: int) -> float:
    """User and system time of a process that still runs, its threads included."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
