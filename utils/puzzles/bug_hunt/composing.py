"""From a number and a level to the parts of a program."""

import random

from . import decoys, names
from .drafts import LOOP, Draft, Step
from .kinds import KINDS
from .pairs import PAIRS
from .tasks import TASKS

CELLS = {  # by the task: those that learn it in the time there is
    "recall": ["LSTM", "GRU", "SimpleRNN"],
    "neighbours": ["LSTM", "GRU"],
}
SHORT = {"two_sensors", "neighbours"}  # tasks that ask for the last step but one, at most
CONVOLUTION = 'layers.Conv1D($UNITS, 3, padding="causal", activation="tanh")'
RECURRENT = {  # kinds that need a recurrent layer to be planted in
    "axes_reshaped",
    "time_as_batch",
    "one_timestep",
    "sequence_against_last",
    "twin_units",
    "no_gradient",
}
NOTES = (  # at the head of a program
    "",
    "",
    "cut down from a bigger script",
    "Minimal example, runs on CPU.",
    "Keras 3 with TensorFlow",
    "everything that matters in one file",
)
SAID_OF_CELL = {  # by whether there is an answer for each step
    True: ("", "", "one output per step", "(batch, $T, $UNITS)"),
    False: ("", "", "a summary of the sequence", "(batch, $UNITS)"),
}
SAID_OF_HEAD = {
    True: ("", "", "one number per step"),
    False: ("", "", "one number per row"),
}


def kinds_for(number, level):
    """The keys of the faults of a case, and the tasks that it may have.

    Every kind, or pair of kinds, has its turn before the first comes again.
    """
    if level == 3:
        main, hidden, tasks = _turn(PAIRS, number, level)
        return (main, hidden), tasks
    key = _turn(sorted(KINDS), number, level)
    return (key,), KINDS[key].tasks


def _turn(things, number, level):
    turn, place = divmod(number, len(things))
    things = list(things)
    random.Random(f"order {level} {turn}").shuffle(things)
    return things[place]


def composed(number, level):
    """The Draft of a case, and the keys of its faults."""
    rng = random.Random(f"case {level} {number}")
    planted, tasks = kinds_for(number, level)
    task = TASKS[rng.choice(tasks)](rng)
    draft = Draft(task, names.drawn(rng))
    draft.compiled_in_build, draft.added = rng.random() < 0.5, rng.random() < 0.3
    draft.optimizer = rng.choice(["Adam", "Adam", "Adam", "Nadam", "RMSprop"])
    draft.loss, draft.paired = task.loss, level == 3
    _plain(draft, rng, planted)
    for key in reversed(planted):  # the first says what the symptom is
        KINDS[key].plant(draft, rng)
    if level > 1:
        decoys.added(draft, rng, level)
    if draft.loss != task.loss:
        draft.steppings = [way for way in draft.steppings if way != LOOP]
    draft.style, draft.stepping = rng.choice(draft.styles), rng.choice(draft.steppings)
    batch = next((name for name in ("$SERIES", "$ROOMS") if name in task.constants), 32)
    draft.constants = {
        **task.constants,
        **draft.constants,
        "$BATCH": batch,
        "$EPOCHS": task.epochs,
        "$RATE": 0.01,
        **draft.settings,
    }
    return draft, planted


def _plain(draft, rng, planted):
    """The model without ado: a recurrent layer and a Dense layer."""
    task = draft.task
    cell = rng.choice(CELLS.get(task.name, ["LSTM", "GRU"]))
    sequences = ", return_sequences=True" if task.sequence else ""
    convolved = not set(planted) & RECURRENT and task.name in SHORT and rng.random() < 0.4
    if task.tokens:
        embedding = "layers.Embedding($WORDS, 8, mask_zero=True)"
        draft.entry = [Step(embedding, "embedding")]
    note, last = rng.choice(NOTES), rng.choice(SAID_OF_HEAD[task.sequence])
    draft.notes = [note] if note else []
    said = rng.choice(SAID_OF_CELL[task.sequence])
    text = CONVOLUTION if convolved else f"layers.{cell}($UNITS{sequences})"
    draft.core = [Step(text, "conv" if convolved else "rnn", said)]
    draft.head = [Step(task.head, "head", last)]
    draft.constants["$UNITS"] = rng.choice([16, 20, 24])
