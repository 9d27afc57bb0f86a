"""Running a program of the hunt: training it, asking it, and its score."""

import linecache
import time
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from utils.instruments.bundle import mime_bundle
from utils.instruments.curves import curves
from utils.instruments.quiet import quietly
from utils.instruments.seeds import global_seeds_kept

FUNCTIONS = "make_data", "build", "train", "predict"
HIDDEN = 1000  # added to the seed of the training data for the data that it is asked about


@dataclass(frozen=True, repr=False)
class Run:
    """What came of one training."""

    losses: tuple
    score: float  # of the answers to data that it was not trained on; see `score_of`
    seconds: float
    seed: int
    answers: np.ndarray
    x: np.ndarray  # the data that was asked about, and the right answers
    y: np.ndarray
    model: object
    functions: dict
    trained_on: tuple  # x, y
    choice: bool  # whether the answers are yes or no

    @property
    def sentence(self):
        """The result in words."""
        what = "the share of right answers on new data is" if self.choice else "R² on new data is"
        worst = "0.5 is guessing" if self.choice else "0 is the mean of the targets"
        return (
            f"{self._loss()}; {what} {self.score:z.2f} (1 is perfect, {worst}). "
            f"It took {self.seconds:.0f} s."
        )

    def _loss(self):
        if not self.losses:
            return "There is no loss"
        first, last, rounds = self.losses[0], self.losses[-1], len(self.losses)
        after = f"{rounds} round{'s' if rounds > 1 else ''}"
        return f"The loss is {first:.3g} at first and {last:.3g} after {after}"

    def __repr__(self):
        return self.sentence

    def _repr_mimebundle_(self, include=None, exclude=None):
        if not self.losses:
            return {"text/plain": self.sentence}
        drawn = curves({"training": np.asarray(self.losses)}).plot()
        return mime_bundle(drawn, self.sentence, "The loss of each round.")

    def ask(self, x):
        """The trained program's answers to x."""
        with global_seeds_kept(), quietly():
            return np.asarray(self.functions["predict"](self.model, x))


def functions_of(code, name="program"):
    """The four functions of a program's text, in a namespace of their own."""
    space, file = {"__name__": name.replace(" ", "_")}, f"<{name}, {crc32(code.encode()):08x}>"
    linecache.cache[file] = len(code), None, code.splitlines(keepends=True), file
    exec(compile(code, file, "exec"), space)
    return {function: space[function] for function in FUNCTIONS}


def run(functions, task, seed=0):
    """Train a program and ask it about data of another seed."""
    import keras

    started = time.perf_counter()
    with global_seeds_kept(), quietly():
        keras.utils.set_random_seed(seed)
        x, y = functions["make_data"](seed)
        model = functions["build"]()
        losses = functions["train"](model, x, y)
        asked, wanted = functions["make_data"](seed + HIDDEN)
        answers = np.asarray(functions["predict"](model, asked))
    return Run(
        tuple(float(loss) for loss in losses),
        score_of(answers, wanted, task.choice, task.real(asked)),
        time.perf_counter() - started,
        seed,
        answers,
        asked,
        wanted,
        model,
        functions,
        (x, y),
        task.choice,
    )


def score_of(answers, wanted, choice, real=None):
    """How good the answers are, 1 for perfect ones.

    choice: whether they are yes or no; then it is the share of the right ones. If not, it is the
    share of the targets' variance that they explain, below 0 if they are worse than the mean.
    real: an array like wanted, of 1 where an answer counts and 0 where it does not.
    Where there are more answers than targets, or fewer, each is compared with its row's or step's.
    """
    answers, wanted = np.asarray(answers, float), np.asarray(wanted, float)
    if answers.size == wanted.size:
        answers = answers.reshape(wanted.shape)
    while answers.ndim < wanted.ndim:
        answers = answers[..., None]
    while wanted.ndim < answers.ndim:
        wanted = wanted[:, None]
    if choice:
        return float(np.average((answers > 0.5) == (wanted > 0.5), weights=real))
    return float(1 - np.mean((answers - wanted) ** 2) / np.var(wanted))
