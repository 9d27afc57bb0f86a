"""What the score of a program does while its faults are mended, one by one."""

from itertools import combinations

from utils.puzzles.table import Table

from .cases import Case


def one_by_one(case, seed=0):
    """Train a case with its faults, with each of them mended, and with all mended -> Table.

    It gives away what is wrong with the case. Raises TypeError for what is no case.
    """
    if not isinstance(case, Case):
        raise TypeError(f"case is {type(case).__name__}; expected a case, as of case(4, level=3).")
    planted = case._planted
    subsets = [s for n in range(len(planted) + 1) for s in combinations(planted, n)]
    rows = tuple(_row(case, mended, seed) for mended in subsets)
    caption = f"Case {case.number} of level {case.level}: {case.title}"
    return Table(caption, ("mended", "loss at the end", f"{_measure(case)} on new data"), rows)


def _row(case, mended, seed):
    kept = [key for key in case._planted if key not in mended]
    run = case.run(case.functions(case._mended_but(*kept)), seed)
    named = " and ".join(f"`{key}`" for key in mended) or "nothing"
    return named, f"{run.losses[-1]:.3g}", f"{run.score:z.2f}"


def _measure(case):
    return "share right" if case._draft.task.choice else "R²"
