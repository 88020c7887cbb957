"""What others take of a machine that is shared: the share of its time in which a core had work and was not given to it."""

from pathlib import Path


class Steal:
    """From its making on."""

    def __init__(self):
        self._before = self._read()

    @property
    def share(self) -> float:
        """0 to 1; 0 where the system does not know."""
        stolen, whole = (now - before for now, before in zip(self._read(), self._before))
        return stolen / whole if whole else 0.0

    @staticmethod
    def _read() -> tuple[int, int]:
        # user, nice, system, idle, iowait, irq, softirq, steal; what guests use is counted with the first two.
        times = [int(time) for time in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
        return times[7], sum(times)
