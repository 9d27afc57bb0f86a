"""From a number and a level to the parts of a program."""

import random

from . import names
from .drafts import (
    FUNCTIONAL,
    LOOP,
    SEQUENTIAL,
    SUBCLASSED,
    TRAIN_STEP,
    Draft,
    Step,
)
from .kinds import KINDS
from .tasks import TASKS

CELLS = {  # by the task: those that learn it in the time there is
    "recall": ["LSTM", "GRU", "SimpleRNN"],
    "neighbours": ["LSTM", "GRU"],
}


def kinds_for(number, level):
    """The keys of the faults of a case. Every kind has its turn before the first comes again."""
    keys = sorted(KINDS)
    turn, place = divmod(number, len(keys))
    random.Random(f"order {level} {turn}").shuffle(keys)
    return (keys[place],)


def composed(number, level):
    """The Draft of a case, and the keys of its faults."""
    rng = random.Random(f"case {level} {number}")
    planted = kinds_for(number, level)
    kind = KINDS[planted[0]]
    task = TASKS[rng.choice(kind.tasks)](rng)
    draft = Draft(task, names.drawn(rng))
    draft.compiled_in_build, draft.added = rng.random() < 0.5, rng.random() < 0.3
    draft.optimizer = "Adam"
    draft.loss = task.loss
    _plain(draft, rng)
    for key in planted:
        KINDS[key].plant(draft, rng)
    draft.style = rng.choice(draft.styles)
    if draft.loss != task.loss:
        draft.steppings = [kind for kind in draft.steppings if kind != LOOP]
    draft.stepping = rng.choice(draft.steppings)
    draft.constants = {
        **task.constants,
        **draft.constants,
        "$BATCH": 32,
        "$EPOCHS": task.epochs,
        "$RATE": 0.01,
        **draft.settings,
    }
    return draft, planted


def _plain(draft, rng):
    """The model without ado: a recurrent layer and a Dense layer."""
    task = draft.task
    cell = rng.choice(CELLS.get(task.name, ["LSTM", "GRU"]))
    sequences = ", return_sequences=True" if task.sequence else ""
    if task.tokens:
        embedding = "layers.Embedding($WORDS, 8, mask_zero=True)"
        draft.entry = [Step(embedding, "embedding")]
    draft.core = [Step(f"layers.{cell}($UNITS{sequences})", "rnn")]
    draft.head = [Step(task.head, "head")]
    draft.constants["$UNITS"] = rng.choice([16, 20, 24])


__all__ = ["FUNCTIONAL", "SEQUENTIAL", "SUBCLASSED", "TRAIN_STEP", "composed", "kinds_for"]
