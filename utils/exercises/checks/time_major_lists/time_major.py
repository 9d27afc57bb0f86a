"""01.time_major: a batch-major model on time-major data. Judged by what the model was given
and where its outputs went.
"""

import numpy as np

from utils.exercises.calling import as_array, call, describe
from utils.exercises.checks.time_major_lists.sizes import across_sizes, findings
from utils.exercises.exercise import Exercise, not_yet, right

# timesteps, batch, features, classes, reads both ways. Where sizes are equal, no shape error helps.
TIME_MAJOR_SIZES = (
    (5, 3, 2, 4, False),
    (3, 6, 4, 4, False),
    (4, 4, 4, 4, False),
    (7, 2, 3, 3, True),
    (6, 1, 3, 2, False),
    (1, 5, 2, 3, True),
)


def judge_time_major(predict_time_major):
    """Right if each output is the one that the model gives for that step of that sequence."""
    words = "timesteps {}, batch {}"
    found = findings(_predicted, predict_time_major, TIME_MAJOR_SIZES, words)
    verdicts = {size[:2]: verdict for size, verdict in found.items()}
    for verdict in verdicts.values():
        if verdict.message == "cut_short":
            return verdict  # it is the model that this one depends on, and not a size
    return across_sizes(verdicts, TIME_MAJOR.messages, words, shown=set())


TIME_MAJOR = Exercise(
    id="01.time_major",
    task=(
        "Hand in `predict_time_major(model, x)`: x is [timesteps, batch, features], the model "
        "takes [batch, timesteps, features] and returns [batch, timesteps, classes]; return "
        "[timesteps, batch, classes]."
    ),
    judge=judge_time_major,
    messages={
        "not_asked": (
            "Your function returned {got} and never called the model. Whatever these numbers "
            "are, they are not its predictions. Look at where `model` is in your function."
        ),
        "fed_time_major": (
            "At timesteps {timesteps}, batch {batch} the model was given shape {fed}, and it took "
            "the first axis for rows. What it read as sequence 0 is {row}: one moment of different "
            "sequences, as if they followed each other. No error tells, since any two numbers will "
            "do as batch and timesteps. Look at what each axis means to the model."
        ),
        "output_only": (
            "You turned the model's outputs around, but it was given x as it came: what it read as "
            "sequence 0 is {row}. Its memory then ran across sequences, and no transpose after the "
            "fact undoes that. Look at what goes into the model."
        ),
        "reshaped_input": (
            "The model was given shape {fed}, which fits, but what it read as sequence 0 is {row}. "
            "A reshape changes the shape and keeps the order of the elements, so what were "
            "neighbours in x are neighbours still. Look at row 0 of what you pass to the model."
        ),
        "step_by_step": (
            "You gave the model sequences of a single step (shape {fed}). It starts each of them "
            "from a zero state, so at step {t} it had forgotten steps 0 to {before}. Look at "
            "how long the sequences are that the model gets to see."
        ),
        "cut_short": (
            "The model was given pieces of a sequence, for instance {row}, where it has "
            "{timesteps} steps. What a model hears besides depends on the model: some read a "
            "sequence from both ends. Look at how long the sequences are that it gets to see."
        ),
        "reversed_time": (
            "What the model read as sequence 0 is {row}: backwards in time. A recurrent net then "
            "hears the future first. Look at the order of the steps in what you pass to it."
        ),
        "mixed_input": (
            "What the model read as one sequence (row {r} of what you gave it, shape {fed}) is "
            "{row}. It should read the steps of one sequence, from 0 to {last}, and nothing of "
            "another. Look at each axis of what you pass to it."
        ),
        "changed_input": (
            "The model was given numbers that are not in x (a call of shape {fed}; row {r}, step "
            "{s} is no feature vector of x). Something was computed, padded or taken apart along "
            "the features. Look at what happens to x before the model sees it."
        ),
        "changed_model": (
            "Your function changed the model's own weights. Whoever trained it gets other "
            "predictions from now on, without an error. Look for an assignment to something that "
            "belongs to `model`."
        ),
        "left_batch_major": (
            "The model read the right sequences. But what you return still has the model's order: "
            "{example}. Whoever asked with [timesteps, batch, …] will read it as another step of "
            "another sequence. Look at the axes of your result."
        ),
        "reshaped_output": (
            "The model read the right sequences, and the shape of your result fits. But {example}: "
            "a reshape keeps the order of the elements, so what were neighbours in the model's "
            "outputs are neighbours still. Look at the way back."
        ),
        "shape": (
            "At timesteps {timesteps}, batch {batch} your result has shape {got}; ({timesteps}, "
            "{batch}, {classes}) is wanted, an output for every step of every sequence. Look at "
            "which axis got lost, or came in, on the way back."
        ),
        "values": (
            "The model read the right sequences, but {changed} of the {n} outputs that you return "
            "are not what it said: at step {t} of sequence {b} you return {mine}. Whoever asks "
            "for predictions wants them untouched. Look at what you do with the outputs besides "
            "ordering them."
        ),
        "scattered": (
            "The model read the right sequences, but its outputs come back in another order: "
            "{example}. Look at the way back, one step of one sequence at a time."
        ),
        "square_only": (
            "Where timesteps equals batch ({good}) your result is right, and nowhere else, so two "
            "axes are mistaken for each other and their sizes hide it. At {bad}: {finding}"
        ),
        "some_sizes": (
            "Your result is right at {good}, and not at {bad}: something in it depends on which "
            "of the sizes is larger, or is 1, or has a fixed value. There: {finding}"
        ),
    },
    hints=(
        "The model can't see names, only positions of axes. What does it take the first axis of "
        "its input for? And what is the first axis of `x`?",
        "Follow one number: step 2 of sequence 1 is `x[2, 1]`. At which two indices must it be in "
        "what the model gets? And where in the result?",
        "Two axes have to change places before the call, and again after it. `reshape` doesn't do "
        "that: it keeps the elements' order. Which function changes the order of axes?",
        "`np.swapaxes(a, 0, 1)` or `np.transpose(a, (1, 0, 2))`, on the way in and on the way out. "
        "The whole answer is in `solutions/01_time_major_lists.ipynb`.",
    ),
    hints_for={
        "fed_time_major": "Print the shape that you give to the model and name its axes aloud: "
        "batch, timesteps, features. Is the first one the batch?",
        "output_only": "The output is turned around. Do the same before the model is asked.",
        "reshaped_input": "Compare row 0 of what you pass with `x[:, 0]`. A function that moves "
        "axes, not elements, makes them equal.",
        "reshaped_output": "The way back is the way there: the same change of axes once more.",
        "left_batch_major": "The way in is right. What changed the axes once can change them back.",
        "step_by_step": "A recurrent model remembers within a call, not between calls. Give it "
        "whole sequences.",
    },
    explanation=(
        "Both ways two axes change places: [timesteps, batch, …] → [batch, timesteps, …] for the "
        "model, and back for whoever asked. Keras 3 has no `time_major` argument any more, and it "
        "accepts a [timesteps, batch, features] tensor without a word, since any sizes fit: the "
        "recurrence then runs over the batch, and your sequences hear each other instead of "
        "themselves. It is the bug of this lesson in today's clothes, and the same poke finds it."
    ),
    expects="a function `predict_time_major(model, x)`",
)


class _Eager(np.ndarray):
    """An array with the `.numpy()` of the tensor that a Keras model returns when called."""

    def numpy(self):
        return np.array(self, subok=False)


class Model:
    """Stands in for a Keras model: [batch, timesteps, features] → [batch, timesteps, classes]."""

    def __init__(self, features, classes, both_ways, seed=3):
        rng = np.random.default_rng([features, classes, seed])
        ways = 2 if both_ways else 1
        self._into = rng.normal(0, 0.8, (ways, features, 4))
        self._again = rng.normal(0, 0.8, (ways, 4, 4))
        self._out = rng.normal(0, 1, (4 * ways, classes))
        self._first = tuple(weights.copy() for weights in (self._into, self._again, self._out))
        self.asked = []  # (what it was given, what it answered)

    def unchanged(self):
        """Whether its weights are those that it was made with."""
        weights = (self._into, self._again, self._out)
        return all(map(np.array_equal, weights, self._first))

    def __deepcopy__(self, memo):
        return self  # the judge reads what was asked

    def __call__(self, inputs, training=None, mask=None):
        outputs = self._run(inputs)
        return outputs.view(_Eager)

    def predict(self, x, batch_size=None, verbose="auto", steps=None, callbacks=None):
        return self._run(x)

    def predict_on_batch(self, x):
        return self._run(x)

    def _run(self, inputs):
        x = np.array(inputs, dtype=np.float32, subok=False)
        features = self._into.shape[1]
        if x.ndim != 3:
            raise ValueError(
                "this model takes [batch, timesteps, features], ndim=3, and got "
                f"ndim={x.ndim}, shape {x.shape}"
            )
        if x.shape[2] != features:
            raise ValueError(
                f"this model takes [batch, timesteps, features] with {features} "
                f"feature{'s' * (features != 1)}, and got shape {x.shape}"
            )
        sides = [self._hear(x if way == 0 else x[:, ::-1], way) for way in range(len(self._into))]
        if len(sides) == 2:
            sides[1] = sides[1][:, ::-1]
        outputs = (np.concatenate(sides, axis=2) @ self._out).astype(np.float32)
        self.asked.append((x, outputs.copy()))
        return outputs

    def _hear(self, x, way):
        memory, memories = np.zeros((len(x), 4)), []
        for step in range(x.shape[1]):
            memory = np.tanh(x[:, step] @ self._into[way] + memory @ self._again[way])
            memories.append(memory)
        return np.stack(memories, axis=1) if memories else np.zeros((len(x), 0, 4))


CLOSE = 3e-3  # generous: a result in float16 passes; other steps' outputs differ by far more


def _predicted(predict_time_major, timesteps, batch, features, classes, both_ways):
    rng = np.random.default_rng([timesteps, batch])
    x = rng.normal(size=(timesteps, batch, features)).astype(np.float32)
    model = Model(features, classes, both_ways)
    result = call(predict_time_major, model, x)
    asked = model.asked
    truth = Model(features, classes, both_ways).predict(x.swapaxes(0, 1)).swapaxes(0, 1)
    facts = {"timesteps": timesteps, "batch": batch, "n": timesteps * batch, "classes": classes}
    facts |= {"last": timesteps - 1, "got": describe(result)}
    if not asked:
        return not_yet("not_asked", **facts)
    if not model.unchanged():
        return not_yet("changed_model", **facts)
    array = as_array(result, "the result")
    if array.shape == truth.shape and np.allclose(array, truth, atol=CLOSE):
        return right()
    facts["got"] = str(array.shape)
    heard = [_located(inputs, x) for inputs, _ in asked]
    used = [call for call in range(len(asked)) if _used(asked[call][1], array)] or range(len(asked))
    return _misheard(
        [(heard[c], asked[c][0].shape) for c in used], array.shape != truth.shape, facts
    ) or _misplaced(array, truth, facts)


def _located(vectors, table):
    """The place (t, b) in `table` of each vector [..., k], as t·batch + b; −1 if it has none."""
    flat = table.reshape(-1, table.shape[-1])
    distance = np.abs(vectors[..., None, :] - flat).max(axis=-1)
    nearest = distance.argmin(axis=-1)
    return np.where(distance.min(axis=-1) < CLOSE, nearest, -1)


def _used(outputs, result):
    """Whether any output of this call is in the result."""
    if not outputs.size or not result.size or result.shape[-1:] != outputs.shape[-1:]:
        return False
    return bool((_located(result, outputs) >= 0).any())


def _misheard(calls, fits_not, facts):
    """The verdict on what the model was given; None if it was given whole sequences."""
    timesteps, batch = facts["timesteps"], facts["batch"]
    rows = [(c, r) for c, (heard, _) in enumerate(calls) for r in range(len(heard))]
    wrong = [(c, r) for c, r in rows if not _whole(calls[c][0][r], timesteps, batch)]
    if not wrong:
        return None
    c, r = wrong[0]
    heard, shape = calls[c]
    row = heard[r]
    facts |= {"fed": str(shape), "r": r, "row": _steps(row, batch), "calls": len(calls)}
    if (heard < 0).any():
        r, s = np.argwhere(heard < 0)[0]
        return not_yet("changed_input", **facts | {"r": int(r), "s": int(s)})
    in_order = np.array_equal(heard.ravel(), np.arange(timesteps * batch))
    if heard.shape == (timesteps, batch) and in_order:
        return not_yet("output_only" if fits_not else "fed_time_major", **facts)
    if heard.shape == (batch, timesteps) and in_order:
        return not_yet("reshaped_input", **facts)
    if all(shape[1] == 1 for _, shape in calls):
        return not_yet("step_by_step", t=timesteps - 1, before=timesteps - 2, **facts)
    if (np.diff(row) == -batch).all() and len(row) == timesteps:
        return not_yet("reversed_time", **facts)
    if (np.diff(row) == batch).all():
        return not_yet("cut_short", **facts)
    return not_yet("mixed_input", **facts)


def _whole(row, timesteps, batch):
    """Whether a row that the model was given is one sequence, from its first to its last step."""
    return len(row) == timesteps and row[0] in range(batch) and (np.diff(row) == batch).all()


def _steps(row, batch):
    """'step 0 of sequence 0, step 0 of sequence 1, …' for a row that the model was given."""
    shown = [f"step {p // batch} of sequence {p % batch}" for p in row[:3]]
    return ", ".join(shown) + (" …" if len(row) > 3 else "")


def _misplaced(result, truth, facts):
    """The verdict on a result whose sequences the model read right."""
    timesteps, batch = facts["timesteps"], facts["batch"]
    turned = truth.swapaxes(0, 1)
    if result.shape == turned.shape and np.allclose(result, turned, atol=CLOSE):
        wanted, place = f"({timesteps}, {batch}, …)", (min(1, batch - 1), 0)
        example = f"its shape is {result.shape}, and {wanted} is wanted"
        if batch == timesteps:
            example = f"at [{place[0]}, {place[1]}] there is step {place[1]} of sequence {place[0]}"
        return not_yet("left_batch_major", example=example, **facts)
    if result.shape != truth.shape:
        return not_yet("shape", **facts)
    held = _located(result, truth)
    same = held == np.arange(held.size).reshape(held.shape)
    if (held < 0).any():
        close = np.isclose(result, truth, atol=CLOSE).all(axis=-1)
        t, b = np.argwhere(~close)[0]
        mine = np.array2string(result[t, b], precision=3)
        changed = int((~close).sum())
        return not_yet("values", t=int(t), b=int(b), mine=mine, changed=changed, **facts)
    t, b = np.argwhere(~same)[0]
    at = f"step {held[t, b] // batch} of sequence {held[t, b] % batch}"
    facts["example"] = f"at [{t}, {b}] of your result, step {t} of sequence {b}, there is {at}"
    in_model_order = np.arange(held.size).reshape(timesteps, batch).T.reshape(held.shape)
    if np.array_equal(held, in_model_order):
        return not_yet("reshaped_output", **facts)
    return not_yet("scattered", **facts)
