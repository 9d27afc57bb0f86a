"""The first stage of the question, lived again: what the summary, the seeds and the losses were.

`graph_mode.py` does it, in a process of its own. Where it can't run, a record of one such run is
shown instead, and says so.
"""

import json
import threading
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from utils.puzzles import own_process
from utils.training import records

from . import question

RECORD = "02_history"
GRAPH_MODE = Path(__file__).with_name("graph_mode.py")  # the program, for reading
KINDS = {  # of op seeds -> in words
    "old": "old rule",
    "today": "today's rule",
    "fixed": "fixed, old rule",
    "fixed today": "fixed, today's rule",
}
CONSTANTS = tuple(range(21))  # for which a number is drawn
SIZES = {"rows": 5000, "inputs": 101, "rows_a_window": 2, "epochs": 5}

_lived = {}  # what was found live, for each choice of constants
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class History:
    """What the question's model does in graph mode, with and without input_shape.

    Four kinds of op seeds, the keys of KINDS: TensorFlow 1's rule; TensorFlow 2.21's; and under
    either rule a seed of its own for each initializer and each Dropout.
    """

    summaries: dict  # "with" or "without" -> model.summary() after fit
    operations: dict  # "with" or "without" -> operations in the graph when `compile` begins
    op_seeds: dict  # (kind, "with" or "without") -> the op seed of each random operation, in order
    losses: dict  # (kind, "with" or "without") -> the last validation loss
    numbers: dict  # "old" or "today" -> the first random number after each of `constants`
    constants: tuple  # how many constants were made before it
    versions: dict
    source: str  # "live" or "recorded"
    reason: str = ""  # why it is not live

    def __repr__(self):
        lines = [self.origin, ""]
        lines += [f"{'op seeds':22}{'first kernel, first mask':>26}{'last loss':>20}"]
        lines += [f"{'':22}{'with':>13}{'without':>13}{'with':>10}{'without':>10}"]
        for kind, words in KINDS.items():
            arms = [(kind, arm) for arm in ("with", "without")]
            seeds = [", ".join(map(str, self.op_seeds[arm][:2])) for arm in arms]
            losses = [self.losses[arm] for arm in arms]
            lines += [f"{words:22}{seeds[0]:>13}{seeds[1]:>13}{losses[0]:10.4f}{losses[1]:10.4f}"]
        made = self.operations
        lines += [
            "",
            f"Operations made before compile: {made['with']} with input_shape, "
            f"{made['without']} without.",
        ]
        return "\n".join(lines)

    @property
    def origin(self):
        """Where this comes from, in a sentence or two."""
        versions = ", ".join(f"{name} {number}" for name, number in self.versions.items())
        if self.source == "live":
            return f"Run just now, in a process of its own: {versions}, graph mode."
        return f"A record of an earlier run ({versions}, graph mode). {self.reason}"


def history(constants=CONSTANTS, say=None):
    """Run the question's model in graph mode, some ten seconds, in a process of its own.

    constants: numbers of constants that are made before a random number is drawn.
    say: called with a line of text now and then; prints it if None. A second call with the same
    constants returns what the first one found. The process ends if this call is interrupted.

    Returns a History: live, or a shipped record if the program can't run here (say, without
    tf_keras). Raises ValueError for constants that are no whole numbers from 0 on, and RecordError
    if there is no record either.
    """
    constants = _counted(constants)
    with _one_at_a_time:
        if constants not in _lived:
            try:
                _lived[constants] = _history(live(constants, say or print), constants, "live")
            except own_process.ProcessError as error:
                return _recorded(constants, str(error))
        return _lived[constants]


def at_hand():
    """The History that is there without waiting: what `history()` found, else the record.

    Raises RecordError if there is neither.
    """
    return _lived.get(CONSTANTS) or _recorded(CONSTANTS, "`history()` has found nothing here yet.")


def live(constants=CONSTANTS, say=print):
    """What graph_mode.py finds here and now: a dict of plain values. Raises ProcessError."""
    return own_process.report_of(_command(constants), say)


def settings():
    """All that the record depends on, besides the code."""
    return {**question.settings(), **SIZES, "constants": CONSTANTS}


def points():
    """What is recorded: one run."""
    return [()]


def measure(point):
    """One run, as the text that the program printed."""
    return {"report": np.array(json.dumps(live()))}


def _command(constants):
    sizes = {**SIZES, "constants": list(constants)}
    return own_process.command(f"{__package__}.{GRAPH_MODE.stem}", sizes)


def _counted(constants):
    with suppress(TypeError, ValueError):
        given = list(constants)
        counted = tuple(int(n) for n in given if int(n) == n and n >= 0)
        if counted and len(counted) == len(given):
            return counted
    raise ValueError(
        f"constants is {constants!r}; expected whole numbers from 0 on, such as range(0, 21)."
    )


def _recorded(constants, reason):
    if unknown := sorted(set(constants) - set(CONSTANTS)):
        reason += f" The record has no numbers for {', '.join(map(str, unknown))} constants."
    return _history(_record(), tuple(n for n in constants if n in CONSTANTS), "recorded", reason)


@cache
def _record():
    arrays = records.load(records.path_of(RECORD), RECORD, settings()).arrays
    return json.loads(str(arrays["report"][0]))


def _history(report, constants, source, reason=""):
    runs = {tuple(name.rsplit(maxsplit=1)): run for name, run in report["runs"].items()}
    asked = CONSTANTS if source == "recorded" else constants
    return History(
        summaries={arm: runs["old", arm]["summary"] for arm in ("with", "without")},
        operations={arm: runs["old", arm]["operations"] for arm in ("with", "without")},
        op_seeds={name: tuple(run["op_seeds"]) for name, run in runs.items()},
        losses={name: run["loss"] for name, run in runs.items()},
        numbers={
            rule: tuple(numbers[asked.index(n)] for n in constants)
            for rule, numbers in report["numbers"].items()
        },
        constants=constants,
        versions=report["versions"],
        source=source,
        reason=reason,
    )
