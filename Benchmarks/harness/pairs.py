"""Two programs measured side by side: A B B A A B …, so that whatever drifts hits both alike."""

from collections.abc import Callable

from .processes import Run


def alternate(ours: Callable[[], Run], theirs: Callable[[], Run], pairs: int) -> list[tuple[Run, Run]]:
    """`pairs` pairs (ours, theirs), neighbours in time. One run of each goes before them and is thrown away."""
    ours()
    theirs()
    measured = []
    for number in range(pairs):
        if number % 2 == 0:
            first, second = ours(), theirs()
        else:
            second, first = theirs(), ours()
        measured.append((first, second))
    return measured


def repeat(measure: Callable[[], Run], times: int) -> list[Run]:
    """For what is held against a computed figure: no other program, so no pairs. The first run is thrown away."""
    measure()
    return [measure() for _ in range(times)]
