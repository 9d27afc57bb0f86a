"""Try many cases: `python -m utils.puzzles.bug_hunt.trying 0 200 [level …] [processes]`.

Prints a line for each: whether it shows its symptom, whether its reference mends it, whether the
judge and the instruments tell the two apart, and how long it took.
"""

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from .cases import case
from .kinds import KINDS
from .telling import found_in, one_batch

HEADS = "case", "kinds", "task", "style", "seconds", "broken", "mended", "symptom", "judged", "told"
FORM = "{:>7} {:<46} {:<13} {:<24} {:>7} {:>9} {:>6} {:>7} {:>15} {}"


@dataclass(frozen=True)
class Trial:
    """One case, broken and mended."""

    number: int
    level: int
    kinds: tuple
    task: str
    style: str
    seconds: float  # of the broken run
    broken: float  # scores
    mended: float
    symptom: bool  # shown by the broken run, and not by the mended one
    judged: tuple  # the first message for the broken program and for the mended one; or ()
    told: dict  # kind -> what its instrument found: in the broken program, in the mended one

    @property
    def good(self):
        """Whether all is as it should be."""
        told_apart = all(broken and not mended for broken, mended in self.told.values())
        judged = not self.judged or (self.judged[0] is not None and self.judged[1] is None)
        return self.symptom and judged and told_apart and self.seconds < 10


def tried(number, level=1, thorough=True):
    """Run a case and its reference, and ask the instruments -> Trial.

    thorough: whether both programs are judged, and the instruments asked about the mended one, too.
    """
    one = case(number, level)
    reference = one.functions(one._reference)
    broken, mended = one.run(), one.run(reference)
    told = {
        key: (
            _found(one, key, broken),
            found_in(KINDS[key], mended.model, *_batch(one, mended)) if thorough else (),
        )
        for key in one._planted
    }
    both = (None, reference) if thorough else ()
    judged = [next((found[0] for found in one._behaves(f)), None) for f in both]
    shown = one.shows_symptom(broken) and not one.shows_symptom(mended)
    draft = one._draft
    return Trial(
        number,
        level,
        one._planted,
        draft.task.name,
        f"{draft.style}, {draft.stepping}",
        broken.seconds,
        broken.score,
        mended.score,
        shown,
        tuple(judged),
        told,
    )


def _found(one, key, broken):
    """What the kind's instrument finds in a broken program.

    One of two faults may be hidden from it as well: then it is asked of the program in which the
    other is mended.
    """
    found = found_in(KINDS[key], broken.model, *_batch(one, broken))
    if found or len(one._planted) == 1:
        return found
    alone = one.run(one.functions(one._mended_but(key)))
    return found_in(KINDS[key], alone.model, *_batch(one, alone))


def _batch(one, run):
    return one_batch(one._draft.task, *run.trained_on)


def _line(trial):
    told = "; ".join(
        f"{', '.join(broken) or 'nothing'} | {', '.join(mended) or '-'}"
        for broken, mended in trial.told.values()
    )
    return FORM.format(
        f"{trial.level}.{trial.number}",
        " + ".join(trial.kinds),
        trial.task,
        trial.style,
        f"{trial.seconds:.1f}",
        f"{trial.broken:.2f}" if trial.broken > -9 else "< -9",
        f"{trial.mended:.2f}",
        "yes" if trial.symptom else "NO",
        "{}/{}".format(*(message or "ok" for message in trial.judged or ("", ""))),
        told + ("" if trial.good else "   <<<"),
    )


def _try_one(numbers):
    try:
        trial = tried(*numbers)
        return trial.good, _line(trial)
    except Exception as error:
        return False, f"{numbers[1]}.{numbers[0]} raised {type(error).__name__}: {error}   <<<"


def main(arguments):
    """Try the cases from one number to before another, at the levels given (1)."""
    first, last, *levels = map(int, arguments)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
    jobs = [(number, level) for level in levels or [1] for number in range(first, last)]
    print(FORM.format(*HEADS))
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=25) as pool:
        good = []
        for fine, line in pool.map(_try_one, jobs):
            good.append(fine)
            print(line, flush=True)
    print(f"{sum(good)} of {len(good)} cases are as they should be.")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
