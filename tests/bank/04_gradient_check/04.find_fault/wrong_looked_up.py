# expect: hard_coded
from utils.puzzles import gradient_check as puzzle

SHOWN = {name: puzzle.table(puzzle.faulty_backward(name)) for name in puzzle.BACKWARD_FAULTS}


def answer(table):
    """Looks the lesson's own tables up."""
    for name, shown in SHOWN.items():
        if all(abs(shown[T][b] - table[T][b]) < 1e-6 for T in shown for b in shown[T]):
            return name
    return "right"
