"""A game: eight small changes to a seeded program. Which of them change what it computes?

The programs are kept as text and run from it, so that what is shown is what is run.
"""

import random
import re
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html import escape
from textwrap import dedent

import numpy as np

from utils.shell import one_line

from .question import data

PROGRAM = """\
keras.utils.set_random_seed(1)
model = keras.Sequential([
    layers.Dense(32, activation="relu"),
    layers.Dropout(0.1),
    layers.Dense(1),
])
model.compile("rmsprop", "mse")
history = model.fit(x, y, epochs=3, verbose=0)
"""
_LINES = PROGRAM.splitlines()
SEED, MODEL, DENSE, COMPILE, FIT = (_LINES[line] for line in (0, 1, 2, 6, 7))


@dataclass(frozen=True)
class Perturbation:
    """One change to PROGRAM."""

    words: str  # what is done
    code: str  # the line or lines that are new
    where: str  # the line of PROGRAM that they follow, or replace
    why: str  # what this does to the random numbers that the run uses
    replaces: bool = False

    @property
    def program(self):
        """The whole program with this change."""
        new = [self.code] if self.replaces else [self.where, self.code]
        return PROGRAM.replace(self.where, "\n".join(new))


PERTURBATIONS = {
    "input": Perturbation(
        "name the input shape",
        "    keras.Input((51,)),",
        MODEL,
        "An Input has no weights and draws nothing. Each layer drew its seed when it was made, so "
        "it does not matter when the weights are.",
    ),
    "relu": Perturbation(
        "make the ReLU a layer of its own",
        "    layers.Dense(32),\n    layers.ReLU(),",
        DENSE,
        "A ReLU layer draws nothing, and computes what the activation does.",
        replaces=True,
    ),
    "numpy": Perturbation(
        "draw from NumPy first",
        "np.random.rand(1000)",
        SEED,
        "Keras 3 takes the seeds of its layers from Python's `random`. NumPy's global generator "
        "moves on, and nobody here asks it.",
    ),
    "python": Perturbation(
        "draw one number from Python's random first",
        "random.random()",
        SEED,
        "Keras 3 takes the seeds of its layers from Python's `random`. All of them are now other "
        "numbers.",
    ),
    "spare": Perturbation(
        "make a layer first, and never use it",
        "layers.Dense(5)",
        SEED,
        "Its initializer drew a seed from Python's `random` when the layer was made. All later "
        "layers draw the next ones.",
    ),
    "predict": Perturbation(
        "let the untrained model predict first",
        "model.predict(x, verbose=0)",
        COMPILE,
        "`predict` drops nothing, so it uses up no mask.",
    ),
    "training": Perturbation(
        "call the untrained model in training mode first",
        "model(x[:32], training=True)",
        COMPILE,
        "Each mask moves the Dropout layer's counter on. The first mask is used up, and `fit` "
        "begins with the second.",
    ),
    "validation": Perturbation(
        "hold out a tenth for validation",
        "history = model.fit(x, y, epochs=3, verbose=0,\n                    validation_split=0.1)",
        FIT,
        "Fewer rows are trained on, in another order.",
        replaces=True,
    ),
}

RULE = (
    "A layer takes its seed from Python's `random` when it is made. So whatever draws from there "
    "before, a number of your own or a layer that nobody uses, moves all that is made later. A "
    "mask that is used up moves its Dropout's counter on. Other rows, or another order of them, "
    "are another training. The rest changes nothing: an Input, a ReLU and `predict` draw no "
    "number, and what is drawn from NumPy was never asked for here."
)
_CELL = "text-align: left; vertical-align: top; overflow-wrap: normal"
_CODE = "white-space: pre; overflow-wrap: normal; word-break: normal; margin: 0 0 4px"


@cache
def baseline():
    """The loss of each epoch of PROGRAM as it stands: a tuple of 3."""
    return _losses(PROGRAM)


@cache
def perturbed(name):
    """The loss of each epoch of PROGRAM with one of PERTURBATIONS: a tuple of 3.

    Raises KeyError for a name that is not among them.
    """
    if name not in PERTURBATIONS:
        raise KeyError(f"There is no change {name!r}; there are {', '.join(PERTURBATIONS)}.")
    return _losses(PERTURBATIONS[name].program)


def play(guesses, say=None):
    """Run PROGRAM with each change that was guessed about, and compare: some seconds a change.

    guesses: name -> True for "this changes the losses", False for "it does not". A change without a
    guess (missing, None or ...) is not run, and nothing is said of it.
    say: called with a line of text before each run; shows it in one line that changes if None.
    Returns a Game, which a notebook shows as a table; once all are guessed, with RULE.
    Raises ValueError for guesses about something else, or of another kind.
    """
    made = _checked(guesses)
    if not made:
        return Game(())
    say, turns = say or one_line(), []
    say("Running the program as it stands …")
    baseline()
    for k, (name, guess) in enumerate(made.items(), start=1):
        say(f"Running change {k} of {len(made)}: {PERTURBATIONS[name].words} …")
        turns.append(_turn(name, guess))
    say(
        f"Ran the program as it stands, and {len(made)} change{'s' if len(made) > 1 else ''} of it."
    )
    return Game(tuple(turns))


@dataclass(frozen=True)
class Turn:
    """One change, what was guessed, and what came out."""

    name: str
    guess: bool
    before: float  # the last epoch's loss of PROGRAM as it stands
    after: float  # and with the change
    changes: bool  # whether any epoch's loss is another

    @property
    def right(self):
        return self.guess == self.changes


@dataclass(frozen=True)
class Game:
    """All turns of a game."""

    turns: tuple

    @property
    def sentence(self):
        """How the guesses fared, in words."""
        if not self.turns:
            return "No guesses yet. Put True or False beside each change, and run this again."
        right = sum(turn.right for turn in self.turns)
        left = len(PERTURBATIONS) - len(self.turns)
        more = f" There are {left} left to guess." if left > 1 else ""
        more = " There is one left to guess." if left == 1 else more
        return f"{right} of {len(self.turns)} guesses are right.{more}"

    @property
    def rule(self):
        """The RULE, or "" as long as there is something left to guess."""
        return RULE if len(self.turns) == len(PERTURBATIONS) else ""

    def __repr__(self):
        lines = [self.sentence]
        for turn in self.turns:
            change = PERTURBATIONS[turn.name]
            lines += ["", f"{'right' if turn.right else 'WRONG'}  {turn.name}: {change.words}"]
            lines += [f"       guessed: {_effect(turn.guess)}; found: {_effect(turn.changes)}"]
            lines += [f"       last loss {turn.before:.6f}; with the change {turn.after:.6f}"]
            lines += [f"       {change.why}"]
        return "\n".join([*lines, *(["", self.rule] if self.rule else [])])

    def _repr_html_(self):
        told = f"<p>{escape(self.sentence)}</p>"
        if not self.turns:
            return told
        head = "change", "your guess", "found", "last loss"
        cells = "".join(f'<th scope="col" style="{_CELL}">{name}</th>' for name in head)
        rows = "".join(map(_rows, self.turns))
        rule = f"<p><strong>The rule.</strong> {_rich(self.rule)}</p>" if self.rule else ""
        return (
            f"{told}<p>The last loss of the program as it stands: {self.turns[0].before:.6f}.</p>"
            f'<div style="overflow-x: auto; max-width: 58em"><table style="width: 100%">'
            f"<thead><tr>{cells}</tr></thead>{rows}</table></div>{rule}"
        )


def _checked(guesses):
    """The guesses that were made, in the order of PERTURBATIONS."""
    if not isinstance(guesses, Mapping):
        raise ValueError(
            f"guesses is {type(guesses).__name__}; expected a dict from the name of a change to "
            "True or False."
        )
    unknown = [name for name in guesses if name not in PERTURBATIONS]
    if unknown:
        raise ValueError(
            f"There is no change {unknown[0]!r}; there are {', '.join(PERTURBATIONS)}."
        )
    made = {k: guesses[k] for k in PERTURBATIONS if k in guesses}
    made = {k: guess for k, guess in made.items() if guess is not None and guess is not ...}
    for name, guess in made.items():
        if not isinstance(guess, bool | np.bool_):
            raise ValueError(
                f"The guess about {name!r} is {guess!r}; expected True if this changes the losses, "
                "False if it does not."
            )
    return made


def _turn(name, guess):
    before, after = baseline(), perturbed(name)
    return Turn(name, bool(guess), before[-1], after[-1], before != after)


def _rows(turn):
    """Two rows of a table: how the guess fared, and below it the code and the reason."""
    change = PERTURBATIONS[turn.name]
    guess = f"{'✔' if turn.right else '✘'} {_effect(turn.guess)}"
    cells = (
        f"{guess}{'' if turn.right else ' (not so)'}",
        _effect(turn.changes),
        f"{turn.after:.6f}",
    )
    aligned = "".join(f'<td style="{_CELL}">{cell}</td>' for cell in cells)
    return (
        f'<tbody><tr><th scope="row" style="{_CELL}">{_rich(change.words)}</th>{aligned}</tr>'
        f'<tr><td colspan="{1 + len(cells)}" style="{_CELL}; padding-left: 2em">'
        f'<pre style="{_CODE}">{escape(dedent(change.code))}</pre>{_rich(change.why)}</td></tr>'
        "</tbody>"
    )


def _rich(text):
    """The text as HTML, with `code` between backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _effect(changes):
    return "changes the run" if changes else "changes nothing"


def _losses(program):
    import keras

    x, y = data(rows=500, inputs=51, rows_a_window=2)
    names = {"keras": keras, "layers": keras.layers, "np": np, "random": random, "x": x, "y": y}
    with _own_dice():
        exec(program, names)
    return tuple(names["history"].history["loss"])


@contextmanager
def _own_dice():
    """Put Python's and NumPy's global generators back to where the caller had them."""
    python, numpy = random.getstate(), np.random.get_state()
    try:
        yield
    finally:
        random.setstate(python)
        np.random.set_state(numpy)
