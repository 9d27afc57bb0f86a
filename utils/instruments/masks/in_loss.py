"""Does the loss look at answers to padding? They are changed, and the mask is left as it is."""

import inspect

import numpy as np

from ..runs import Runs, as_arrays
from ..shapes.meetings import logs_of
from ..shapes.pairing import by_name, first_number
from . import wording

SAME = 1e-6  # losses that differ by less, as a share of their size, are the same


def losses(passes, y, masks):
    """The loss as it is, and with other answers at masked steps; else a sentence why not."""
    keras, model = passes.keras, passes.model
    if y is None:
        return wording.NO_Y
    if not isinstance(model, keras.Model) or not model.compiled:
        return wording.NOT_COMPILED
    if not _timed_targets(passes, y, masks):
        return wording.NO_TIMED_TARGET
    own = inspect.unwrap(type(model).train_step) is not keras.Model.train_step
    found = _by_steps(passes, y, masks) if own else _by_compute_loss(passes, y, masks)
    return found if np.isfinite(found).all() else wording.NOT_FINITE


def counted(found):
    """Whether the loss has changed."""
    one, other = found
    return abs(one - other) > SAME * max(abs(one), abs(other))


def _timed_targets(passes, y, masks):
    """Whether an answer, and the target for it, have masked steps, and others to take from."""
    answers, targets = as_arrays(passes.answers, passes.keras), as_arrays(y, passes.keras)
    lengths = {len_ for len_, mask in masks.items() if mask.any() and not mask.all()}
    timed = [a.shape[1] for a in answers if a.ndim > 1 and a.shape[1] in lengths]
    return bool(timed) and any(t.ndim > 1 and t.shape[1] in timed for t in targets)


def _by_compute_loss(passes, y, masks):
    """What compute_loss, which Keras' own train_step calls, makes of answers in predict mode."""
    model, keras = passes.model, passes.keras
    wanted = inspect.signature(model.compute_loss).parameters

    targets = keras.tree.map_structure(
        lambda part: None if part is None else keras.ops.convert_to_tensor(part), y
    )

    def loss(answers):
        given = {"x": passes.x, "y": targets, "y_pred": answers, "sample_weight": passes.weights}
        how = {name: value for name, value in given.items() if name in wanted}
        try:
            return first_number([model.compute_loss(**how)])
        finally:
            passes.put_back()

    return loss(passes.answers), loss(_elsewhere(passes.answers, masks, passes))


def _by_steps(passes, y, masks):
    """What the model's own train_step says, with its answers changed on their way."""
    model = passes.model
    runs = Runs(model, passes.x, y, [], passes.keras)
    runs.step(plainly=True)  # makes what compile leaves for the first step
    runs.remember()

    def step(change):
        call = model.call

        def changed(*arguments, **how):
            return _elsewhere(call(*arguments, **how), masks, passes)

        runs.trained.clear()
        with logs_of(model) as logs:
            if change:
                vars(model)["call"] = changed
            runs.step(plainly=True)
        return first_number(by_name(logs[-1]) if logs else [])

    return tuple(runs.again(step, change=change) for change in (False, True))


def _elsewhere(answers, masks, passes):
    """The answers, with those at masked steps taken from real steps."""
    ops = passes.keras.ops

    def changed(tensor):
        if len(tensor.shape) < 2 or tensor.shape[1] not in masks:
            return tensor
        mask = masks[tensor.shape[1]]
        values = np.array(tensor)
        real = values[mask]
        values[~mask] = real[np.arange(int((~mask).sum())) % len(real)]
        shape = (*mask.shape, *[1] * (values.ndim - 2))
        other = ops.where(mask.reshape(shape), tensor, values)  # with a gradient for what is real
        passes.base.set(other, passes.base.get(tensor))
        return other

    return passes.keras.tree.map_structure(changed, answers)
