"""Where a benchmark finds the programs, and where it may write."""

import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

MEMORY = Path("/dev/shm")


@dataclass(frozen=True)
class Workplace:
    payout: Path
    #: The folder with `peer.py` and `make_csv.py`.
    peer: Path
    #: A Python that has aiohttp and XlsxWriter.
    python: Path
    #: What is kept between runs, because making it takes long.
    cache: Path
    is_trial: bool
    is_long: bool

    @property
    def pairs(self) -> int:
        return 1 if self.is_trial else 7

    def rows(self, whole: int) -> int:
        """How many rows a run has: a twentieth in a trial."""
        return max(whole // 20, 200) if self.is_trial else whole

    @contextmanager
    def folder(self, on_disk: bool = False):
        """An empty folder, in memory unless it is to lie on the disk: what a disk does is measured where it is asked for."""
        parent = None if on_disk or not MEMORY.is_dir() else MEMORY
        if on_disk:
            parent = self.cache
        with tempfile.TemporaryDirectory(prefix="payout-bench-", dir=parent) as path:
            yield Path(path)

    def payout_file(self, rows: int) -> Path:
        """A CSV of so many valid rows; the same number gives the same file."""
        path = self.cache / f"payouts-{rows}.csv"
        if not path.exists():
            partial = path.with_suffix(".partial")
            with open(partial, "wb") as output:
                subprocess.run([sys.executable, str(self.peer / "make_csv.py"), str(rows)], stdout=output, check=True)
            partial.rename(path)
        return path


def fresh(folder: Path, name: str) -> Path:
    """A new, empty folder of this name: each run begins with nothing."""
    path = folder / name
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir()
    return path
