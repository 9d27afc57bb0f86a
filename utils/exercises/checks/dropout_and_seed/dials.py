"""Reads a dense model's Dropout from outside: weights are set so that one mask shows at the output.

The model may be put together in any way. What counts is its weights' shapes and what comes out, in
a step of the real training and in `predict`.
"""

from dataclasses import dataclass

import numpy as np

INPUTS, UNITS, HIDDEN = 51, 64, 4
SHAPES = [(INPUTS, UNITS), *[(UNITS, UNITS)] * (HIDDEN - 1), (UNITS, 1)]  # of the kernels
UNIT = 9  # the one that is shown
ROWS = 4096  # a share of .05 is read to ± .0034


@dataclass(frozen=True)
class Dials:
    """A model, ready to be asked, and where its kernels are among its weights, from first to last.

    A bias is taken to follow its kernel.
    """

    model: object
    places: tuple
    seen: list  # what the loss was given, step by step

    def kernels(self):
        """The five kernels, in the order in which an input passes them."""
        weights = self.model.get_weights()
        return [weights[place] for place in self.places]

    def predicted(self, x):
        """What `predict` says of x [rows, 51]: [rows]."""
        return np.array(self.model.predict_on_batch(x)).reshape(len(x))

    def trained(self, x):
        """What a step of training at a learning rate of 0 computes from x, as its loss sees it."""
        self.seen.clear()
        self.model.train_on_batch(x, np.zeros((len(x), 1), np.float32))
        return np.array(self.seen[-1]).reshape(len(x))

    def set(self, kernels, biases):
        """Sets all weights: {layer: array} for layers 0 (first) to 4 (readout); the rest is 0."""
        weights = [np.zeros_like(array) for array in self.model.get_weights()]
        for layer, values in kernels.items():
            weights[self.places[layer]] = np.asarray(values, np.float32)
        for layer, values in biases.items():
            weights[self.places[layer] + 1] = np.asarray(values, np.float32)
        self.model.set_weights(weights)

    def show(self, layer):
        """Makes one unit of hidden layer `layer` (or with −1 one input) the only thing to be seen.

        It says 1. All units of the next layer hear it, and each layer after that takes the mean, so
        that the output is 0 where that unit was dropped, and about 1 where it was not.
        """
        kernels, biases = {}, {}
        if layer < 0:
            kernels[0] = _row(SHAPES[0], 0)
        else:
            biases[layer] = np.eye(UNITS)[UNIT]
            kernels[layer + 1] = _row(SHAPES[layer + 1], UNIT)
        for later in range(layer + 2, HIDDEN + 1):
            kernels[later] = np.full(SHAPES[later], 1 / UNITS)
        self.set(kernels, biases)

    def rewound(self):
        """A function that sets all that the model counts, its seeds above all, back to now."""
        known = {id(variable) for variable in self.model.weights}
        states = [v for v in self.model.variables if id(v) not in known]
        values = [np.array(state) for state in states]

        def rewind():
            for state, value in zip(states, values, strict=True):
                state.assign(value)

        return rewind


def dials(model):
    """The `Dials` of a built model, compiled for it; None if its weights have other shapes.

    The middle kernels are in the order of the model's weights; `in_order` finds the true one.
    """
    import keras

    weights = model.get_weights()
    kernels = [place for place, array in enumerate(weights) if array.ndim == 2]
    shapes = sorted(weights[place].shape for place in kernels)
    paired = all(
        place + 1 < len(weights) and weights[place + 1].shape == weights[place].shape[1:]
        for place in kernels
    )
    if shapes != sorted(SHAPES) or not paired or len(weights) != 2 * len(SHAPES):
        return None
    seen = []

    def loss(y, outputs):
        seen.append(outputs)
        return 0 * outputs

    model.compile(keras.optimizers.SGD(0.0), loss)
    middle = [place for place in kernels if weights[place].shape == (UNITS, UNITS)]
    first, last = (
        next(place for place in kernels if weights[place].shape == shape)
        for shape in (SHAPES[0], SHAPES[-1])
    )
    return Dials(model, (first, *middle, last), seen)


def in_order(found):
    """The same `Dials` with the middle kernels sorted by which of them a 1 still passes.

    Each of them multiplies by a power of 2 of its own, so the product says who comes later.
    """
    model, (first, *middle, last) = found.model, found.places
    before = model.get_weights()
    powers, later = dict(zip(middle, (4, 8, 16), strict=True)), {}
    for start in middle:
        weights = [np.zeros_like(array) for array in before]
        for place in middle:
            weights[place] = 2.0 ** powers[place] * np.eye(UNITS, dtype=np.float32)
        weights[start][:] = 0
        weights[start + 1][0] = 1
        weights[last][0] = 1
        model.set_weights(weights)
        most = found.predicted(np.zeros((16, INPUTS), np.float32)).max()  # one that nothing dropped
        power = round(np.log2(most)) if most > 0 else 0
        later[start] = sum(bool(power & one) for one in powers.values())
    model.set_weights(before)
    ordered = sorted(middle, key=lambda place: -later[place])
    return Dials(model, (first, *ordered, last), found.seen)


def _row(shape, row):
    kernel = np.zeros(shape, np.float32)
    kernel[row] = 1
    return kernel
