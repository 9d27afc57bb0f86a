from utils.puzzles import gradient_check as puzzle


def answer(table):
    """Compares with the patterns of all faults, on weights of its own."""
    known = {"right": pattern(puzzle.table(puzzle.backward, seed=9, units=4))}
    for name in puzzle.BACKWARD_FAULTS:
        known[name] = pattern(puzzle.table(puzzle.faulty_backward(name), seed=9, units=4))
    found = pattern(table)
    return min(known, key=lambda name: len(known[name] ^ found))


def pattern(table):
    return {(T, block) for T in table for block in table[T] if table[T][block] > 1e-8}
