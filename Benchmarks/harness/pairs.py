"""Two programs measured side by side: A B B A A B …, so that whatever drifts hits both alike."""

import sys
from collections.abc import Callable

from .processes import Run
from .steal import Steal


def alternate(
    ours: Callable[[], Run], theirs: Callable[[], Run], pairs: int, most_stolen: float = 1
) -> list[tuple[Run, Run]]:
    """`pairs` pairs (ours, theirs), neighbours in time. One run of each goes before them and is thrown away.

    - most_stolen: for what waits more than it works, and is held against something that others on the machine do not hit
      alike: a pair during which they took a larger share of it is measured again, at most as often as there are pairs.
    """
    ours()
    theirs()
    measured, spare = [], pairs
    while len(measured) < pairs:
        steal = Steal()
        if len(measured) % 2 == 0:
            first, second = ours(), theirs()
        else:
            second, first = theirs(), ours()
        if steal.share > most_stolen and spare > 0:
            print(f"  again: others took {steal.share:.0%} of the machine", file=sys.stderr, flush=True)
            spare -= 1
            continue
        measured.append((first, second))
    return measured


def repeat(measure: Callable[[], Run], times: int) -> list[Run]:
    """For what is held against a computed figure: no other program, so no pairs. The first run is thrown away."""
    measure()
    return [measure() for _ in range(times)]
