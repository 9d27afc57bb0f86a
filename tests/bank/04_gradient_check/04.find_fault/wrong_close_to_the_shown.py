# expect: hard_coded
import numpy as np

from utils.puzzles import gradient_check as puzzle


def numbers(table):
    return np.array([table[T][b] for T in (1, 2, 20) for b in table[T]])


NAMES = ("right", *puzzle.BACKWARD_FAULTS)
WAYS = (puzzle.backward, *map(puzzle.faulty_backward, puzzle.BACKWARD_FAULTS))
SHOWN = [numbers(puzzle.table(way)) for way in WAYS]


def answer(table):
    """The shown table that is nearest."""
    apart = [np.linalg.norm(one - numbers(table)) for one in SHOWN]
    return NAMES[int(np.argmin(apart))]
