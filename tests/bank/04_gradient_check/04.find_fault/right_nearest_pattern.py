from utils.puzzles import gradient_check as puzzle


def pattern(table):
    return {(T, block) for T in table for block in table[T] if table[T][block] > 1e-8}


KNOWN = {"right": pattern(puzzle.table(puzzle.backward, seed=9, units=4))}
for name in puzzle.BACKWARD_FAULTS:
    KNOWN[name] = pattern(puzzle.table(puzzle.faulty_backward(name), seed=9, units=4))


def answer(table):
    """Compares with the patterns of all faults, on weights of its own."""
    return min(KNOWN, key=lambda name: len(KNOWN[name] ^ pattern(table)))
