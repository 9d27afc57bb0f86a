"""The game about the gallery: which check catches a fault, and what does the loss say of it?"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from utils.puzzles.table import Table, rich
from utils.shell import one_line

from . import program
from .comparing import share_failing
from .faults import FAULTS, with_fault
from .finite_differences import numerical, numerical_in_a_loop
from .patterns import drawn

FEW, MANY = 1, 66  # timesteps of the two checks; the trainings have MANY
DELTA, TOLERANCE = 1e-4, 1e-5  # which the right program passes
ROUNDS = 100  # of a training
SEED = 0  # of the weights
GUESSES = {1: "with 1 step", "many": "with many only", "never": "never"}


def share(name, timesteps, seed=SEED):
    """The share of the parameters that fail the check of the program with a fault: 0 to 1.

    name: one of FAULTS, or None for the right program. The check is the mended one, with DELTA,
    TOLERANCE and |a| + |n|, on random inputs and targets.
    """
    faulty, p = with_fault(name), program.parameters(seed)
    signal = np.concatenate(drawn(timesteps, seed))[: timesteps + 1, 0]
    inputs, targets = (values[:timesteps] for values in faulty.next_pairs(signal))
    outputs, _, _, caches = program.forward(inputs, *program.start(p), p)
    grads = faulty.backward(outputs, targets, caches, p)
    if name and any(change.function == "loss" for change in FAULTS[name].changes):
        n = numerical_in_a_loop(p, inputs, targets, delta=DELTA, loss=faulty.loss)
    else:
        n = numerical(p, inputs, targets, delta=DELTA)
    return share_failing(grads, n, TOLERANCE)


@cache
def trained(name=None, rounds=ROUNDS):
    """The squared error on the task after a training with a fault, or with none if name is None.

    The task is to say the next sample of the sine, for MANY steps. Infinite or NaN if the training
    has diverged.
    """
    faulty, first = with_fault(name), program.parameters(SEED)
    signal = np.sin(program.SPACING * np.arange(1, MANY + 2))
    with np.errstate(all="ignore"):  # a faulty training may diverge
        for _ in range(2 if name == "shared_parameters" else 1):
            p = faulty.copied(first)
            faulty.train(p, *faulty.next_pairs(signal), rounds)
        inputs, targets = program.next_pairs(signal)
        outputs, *_ = program.forward(inputs, *program.start(p), p)
        return float(program.loss(outputs, targets))


def play(guesses, say=None, rounds=ROUNDS):
    """Check and train the program with each fault that was guessed about: half a second a fault.

    guesses: name -> 1 for "a check with one time step catches it", "many" for "only one with many",
    "never" for none. A fault without a guess (missing, None or ...) is not run.
    say: called with a line of text before each run; shows it in one line that changes if None.
    rounds: of each training.
    Returns a Game, which a notebook shows as a table. Raises ValueError for guesses about something
    else, or of another kind.
    """
    made = _checked(guesses)
    if not made:
        return Game(())
    say, turns = say or one_line(), []
    say("Training the right program …")
    right = trained(None, rounds)
    for k, (name, guess) in enumerate(made.items(), start=1):
        say(f"Checking and training fault {k} of {len(made)}: {name} …")
        shares = share(name, FEW), share(name, MANY)
        turns.append(Turn(name, guess, *shares, trained(name, rounds)))
    say(f"Checked and trained the program with {len(made)} fault{'s' if len(made) > 1 else ''}.")
    return Game(tuple(turns), right)


@dataclass(frozen=True)
class Turn:
    """One fault, what was guessed, and what came out."""

    name: str
    guess: object  # one of GUESSES
    few: float  # the share of parameters that fail with FEW timesteps
    many: float  # and with MANY
    loss: float  # after training

    @property
    def caught(self):
        """The right guess."""
        return 1 if self.few else "many" if self.many else "never"

    @property
    def right(self):
        return self.guess == self.caught


@dataclass(frozen=True)
class Game:
    """All turns of a game."""

    turns: tuple
    loss: float = np.nan  # of the right program after training

    @property
    def sentence(self):
        """How the guesses fared, in words."""
        if not self.turns:
            return "No guesses yet. Put 1, 'many' or 'never' beside each fault, and run this again."
        right = sum(turn.right for turn in self.turns)
        left = len(FAULTS) - len(self.turns)
        more = f" There {'is one' if left == 1 else f'are {left}'} left to guess." if left else ""
        return f"{right} of {len(self.turns)} guesses are right.{more}"

    @property
    def note(self):
        """What the numbers are."""
        return (
            f"Failing: the share of the parameters whose error is above {TOLERANCE:.0e}, with "
            f"{FEW} time step and with {MANY}. Squared error: on the task, the next sample of a "
            f"sine, after training from one draw of weights; the right program comes to "
            f"{_number(self.loss)}. Another draw gives other errors; which shares are 0 stays "
            "as it is."
        )

    def __repr__(self):
        lines = [self.sentence]
        for turn in self.turns:
            lines += ["", f"{'right' if turn.right else 'WRONG'}  {turn.name}: {self._words(turn)}"]
            lines += [f"       guessed: {GUESSES[turn.guess]}; found: {GUESSES[turn.caught]}"]
            lines += [f"       failing: {turn.few:.0%} with 1 step, {turn.many:.0%} with {MANY}"]
            lines += [f"       squared error after training: {_number(turn.loss)}"]
            lines += [f"       {FAULTS[turn.name].why}"]
        return "\n".join([*lines, *(["", self.note] if self.turns else [])])

    def _repr_html_(self):
        told = f"<p>{rich(self.sentence)}</p>"
        if not self.turns:
            return told
        heads = (
            "fault", "your guess", "caught", f"failing at T = {FEW}", f"at T = {MANY}",
            "squared error", "why",
        )  # fmt: skip
        rows = [
            (
                f"`{turn.name}`",
                f"{'✔' if turn.right else '✘'} {GUESSES[turn.guess]}"
                f"{'' if turn.right else ' (not so)'}",
                GUESSES[turn.caught],
                f"{turn.few:.0%}",
                f"{turn.many:.0%}",
                _number(turn.loss),
                FAULTS[turn.name].why,
            )
            for turn in self.turns
        ]
        right = ("the right program", "", "", "", "", _number(self.loss), "")
        table = Table("", heads, (right, *rows))
        return f"{told}{table._repr_html_()}<p>{rich(self.note)}</p>"

    @staticmethod
    def _words(turn):
        return FAULTS[turn.name].words


def _checked(guesses):
    """The guesses that were made, in the order of FAULTS."""
    if not isinstance(guesses, Mapping):
        raise ValueError(
            f"guesses is {type(guesses).__name__}; expected a dict from the name of a fault to 1, "
            "'many' or 'never'."
        )
    unknown = [name for name in guesses if name not in FAULTS]
    if unknown:
        raise ValueError(f"There is no fault {unknown[0]!r}; there are {', '.join(FAULTS)}.")
    made = {name: guesses[name] for name in FAULTS if name in guesses}
    made = {name: guess for name, guess in made.items() if guess is not None and guess is not ...}
    for name, guess in made.items():
        if not isinstance(guess, int | str) or isinstance(guess, bool) or guess not in GUESSES:
            raise ValueError(
                f"The guess about {name!r} is {guess!r}; expected 1 for a check with one time "
                "step, 'many' for one with many only, or 'never'."
            )
    return made


def _number(loss):
    return f"{loss:.3g}" if np.isfinite(loss) else "diverged"
