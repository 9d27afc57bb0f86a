"""The half that was equal, lived again: the question's model in the Keras of its day.

`graph_mode.py` does it, in a process of its own. Where it can't run, a record of one such run is
shown instead, and says so.
"""

import json
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from utils.puzzles import own_process
from utils.puzzles.table import Table
from utils.training import records

RECORD = "05_history"
GRAPH_MODE = Path(__file__).with_name("graph_mode.py")  # the program, for reading
SEEDS = tuple(range(8))  # of the weights and the input
REPEATS = 50  # of the first half, for each seed
EQUAL = 1e-4  # what a sum over a half may be off by round-off

_lived = []  # the History that was found live, once there is one
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class History:
    """Whole sequence against two halves, in each Keras, for each seed of weights and input.

    The Kerases are "today" (Keras 3), "former" (tf_keras as it runs by default), "graph" (tf_keras
    in graph mode, where operations that need not wait for each other run in any order) and "one
    thread" (the same with one thread for such operations).
    """

    differences: dict  # Keras -> [seeds, 2 halves, streams], sums of absolute differences
    kept: dict  # "graph", "one thread" -> a list for each seed: whose h and whose c was kept, in
    # each repeat of the first half in which all streams began from zeros; -1 if nobody's
    repeats: int  # for each seed
    versions: dict
    source: str  # "live" or "recorded"
    reason: str = ""  # why it is not live

    def equal_first_halves(self, which):
        """For how many seeds the first half is equal in all streams."""
        return int((self.differences[which][:, 0].sum(axis=1) < EQUAL).sum())

    def began_from_zeros(self, which):
        """In how many of the repeats all streams did, for each seed: [seeds]."""
        return np.array([len(of_seed) for of_seed in self.kept[which]])

    def survivors(self, which):
        """How often h was left by stream i and c by stream j, of those repeats: [streams, streams].

        Repeats in which one of the two is nobody's are left out.
        """
        streams = self.differences[which].shape[2]
        counts = np.zeros((streams, streams), int)
        for h, c in (pair for of_seed in self.kept[which] for pair in of_seed):
            if min(h, c) >= 0:
                counts[h, c] += 1
        return counts

    @property
    def sentences(self):
        """What happened in graph mode, in words."""
        lines = []
        for which, words in (("graph", "A thread a processor"), ("one thread", "One thread")):
            began, counts = self.began_from_zeros(which), self.survivors(which)
            of_each = ", ".join(f"stream {s}: {n}" for s, n in enumerate(np.diag(counts)))
            lines.append(
                f"{words}: in {began.sum()} of {self.repeats * len(began)} repeats all streams "
                f"began from zeros.\n"
                f"    By seed, of {self.repeats} repeats each: {', '.join(map(str, began))}.\n"
                f"    Whose state was kept then: {of_each}; h and c of two\n"
                f"    different streams: {counts.sum() - np.trace(counts)}."
            )
        return "\n".join(lines)

    @property
    def table(self):
        """The differences, lowest and highest of the seeds."""
        heads = "", "first half equal", "full", "first half", "second half"
        names = {
            "today": f"Keras {self.versions['Keras']}",
            "former": f"tf_keras {self.versions['tf_keras']}",
            "graph": "tf_keras, graph mode",
            "one thread": "tf_keras, graph mode, one thread",
        }
        rows = []
        for which, name in names.items():
            sums = self.differences[which].sum(axis=2).T  # [2, seeds]
            equal = f"{self.equal_first_halves(which)} of {len(sums[0])} seeds"
            rows.append((name, equal, *map(_range, (sums.sum(axis=0), *sums))))
        caption = "Sums of absolute differences between the whole sequence and its two halves"
        return Table(caption, heads, tuple(rows))

    def __repr__(self):
        return f"{self.origin}\n\n{self.table}\n\n{self.sentences}"

    @property
    def origin(self):
        """Where this comes from, in a sentence or two."""
        versions = ", ".join(f"{name} {number}" for name, number in self.versions.items())
        if self.source == "live":
            return f"Run just now, in a process of its own: {versions}."
        return f"A record of an earlier run ({versions}). {self.reason}"


def history(say=None):
    """Run the question's model in the Keras of its day, some ten seconds, in a process of its own.

    say: called with a line of text now and then; prints it if None. A second call returns what the
    first one found. The process ends if this call is interrupted.

    Returns a History: live, or the shipped record if the program can't run here (say, without
    tf_keras). Raises RecordError if there is no record either.
    """
    with _one_at_a_time:
        if not _lived:
            try:
                _lived.append(_history(live(say or print), "live"))
            except own_process.ProcessError as error:
                return _history(_record(), "recorded", str(error))
        return _lived[0]


def at_hand():
    """The History that is there without waiting: what `history()` found, else the record.

    Raises RecordError if there is neither.
    """
    if _lived:
        return _lived[0]
    return _history(_record(), "recorded", "`history()` has found nothing here yet.")


def live(say=print):
    """What graph_mode.py finds here and now: a dict of plain values. Raises ProcessError."""
    return own_process.report_of(_command(), say)


def settings():
    """All that the record depends on, besides the code."""
    return {"seeds": SEEDS, "repeats": REPEATS}


def points():
    """What is recorded: one run."""
    return [()]


def measure(point):
    """One run, as the text that the program printed."""
    return {"report": np.array(json.dumps(live()))}


def _command():
    return own_process.command(f"{__package__}.{GRAPH_MODE.stem}", settings())


@cache
def _record():
    arrays = records.load(records.path_of(RECORD), RECORD, settings()).arrays
    return json.loads(str(arrays["report"][0]))


def _history(report, source, reason=""):
    return History(
        differences={which: np.array(sums) for which, sums in report["differences"].items()},
        kept=report["kept"],
        repeats=REPEATS,
        versions=report["versions"],
        source=source,
        reason=reason,
    )


def _range(values):
    low, high = (f"{value:.2f}" for value in (np.min(values), np.max(values)))
    return low if low == high else f"{low} to {high}"
