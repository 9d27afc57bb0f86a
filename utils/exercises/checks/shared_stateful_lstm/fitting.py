"""Two batches of `fit`, beside what they do to one LSTM with a state for each stream: in NumPy."""

import numpy as np

from utils.exercises.calling import guarded
from utils.exercises.checks.shared_stateful_lstm.diagnosing import example, same
from utils.exercises.exercise import NotYet, not_yet, right
from utils.exercises.models import asked
from utils.exercises.questions import number
from utils.puzzles import shared_stateful_lstm as puzzle

RATE = 1.0  # of plain SGD: the weights move by some hundredths
DELTA = 1e-4  # of the central differences, in float64
NEAR = 2e-3  # of the way that the weights have gone


def fitted(model, question):
    """The verdict on `fit` in graph mode, with one batch after the other and states carried over.

    model: one whose predictions are right. Its weights and states are whatever they are.
    """
    variables = question.own_weights(model)
    before = [np.asarray(variable).astype(float) for variable in variables]
    x = question.chunks()
    y = _targets(question)
    try:
        _fit(model, np.concatenate(x[:2]), np.concatenate(y[:2]), question.batch)
    except NotYet as stop:
        if str(stop.verdict.facts.get("text", "")).startswith("No gradients"):  # Keras refuses
            return not_yet("no_training")
        raise
    after = [np.asarray(variable).astype(float) for variable in question.own_weights(model)]
    wanted, state = before, None
    for chunk, target in zip(x[:2], y[:2], strict=True):
        wanted, state = trained(wanted, chunk, target, state)
    if _near(after, wanted, before):
        output, truth = asked(model, x[2]), puzzle.alone(wanted, x[2], state)
        good = same(output, truth, share=1e-3)
        return right() if good else not_yet("after_fit", **example(output, truth))
    if all(map(np.array_equal, after, before)):
        return not_yet("no_training")
    halfway, _ = trained(before, x[0], y[0])
    forgetful, _ = trained(halfway, x[1], y[1])
    message = "forgets_in_fit" if _near(after, forgetful, before) else "trained_otherwise"
    return not_yet(message, **_worst(after, wanted))


def trained(weights, x, y, state=None):
    """Weights after one step of SGD on the mean squared error, and the states after the batch.

    weights: three arrays, float64. x: [batch, streams, timesteps, features]. y: [… units].
    The gradient is a central difference for each weight: nothing of Keras is in it.
    """

    def loss(changed):
        return np.mean((puzzle.alone(changed, x, state) - y) ** 2)

    _, after = puzzle.alone(weights, x, state, return_state=True)
    moved = [weight.copy() for weight in weights]
    for k, weight in enumerate(weights):
        for place in np.ndindex(weight.shape):
            sides = []
            for step in (DELTA, -DELTA):
                poked = weight.copy()
                poked[place] += step
                sides.append(loss([*weights[:k], poked, *weights[k + 1 :]]))
            moved[k][place] -= RATE * (sides[0] - sides[1]) / (2 * DELTA)
    return moved, after


def _targets(question):
    rng = np.random.default_rng(0)
    sizes = [(*chunk.shape[:3], question.units) for chunk in question.chunks()]
    return [rng.uniform(-1, 1, size).astype(np.float32) for size in sizes]


def _fit(model, x, y, batch):
    from keras.optimizers import SGD

    with guarded("`fit` trained the model that your function returned, on two batches"):
        puzzle.reset(model)
        model.compile(SGD(RATE), "mse", jit_compile=False)  # XLA would compile for seconds
        model.fit(x, y, batch_size=batch, shuffle=False, verbose=0)


def _near(weights, wanted, before):
    gone = max(abs(end - begin).max() for end, begin in zip(wanted, before, strict=True))
    gaps = (abs(one - other).max() for one, other in zip(weights, wanted, strict=True))
    return max(gaps) <= NEAR * gone


def _worst(weights, wanted):
    """Facts on the weight that is farthest off."""
    names = ("kernel", "recurrent kernel", "bias")
    k = int(np.argmax([abs(a - b).max() for a, b in zip(weights, wanted, strict=True)]))
    place = np.unravel_index(np.argmax(abs(weights[k] - wanted[k])), weights[k].shape)
    where = ", ".join(str(int(n)) for n in place)
    numbers = {"given": number(weights[k][place]), "truth": number(wanted[k][place])}
    return {"which": f"[{where}] of the {names[k]}"} | numbers
