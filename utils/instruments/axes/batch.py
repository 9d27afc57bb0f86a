"""One batch as a list of arrays, and a smaller one of rows that are taken evenly."""

from dataclasses import dataclass, replace

import numpy as np

from ..calling import check_input, take_apart
from ..state import layers_of


@dataclass(frozen=True)
class Batch:
    """The arrays of x, and how they are put together to what the model takes."""

    arrays: list
    put_together: object  # a function from such a list to a nest
    axis: int  # of the rows
    any_number: bool  # whether the model may be asked with fewer rows

    @property
    def rows(self):
        """How many rows there are."""
        first = self.arrays[0]
        return first.shape[self.axis] if first.ndim > self.axis else 1

    @property
    def nest(self):
        """What the model takes."""
        return self.put_together(self.arrays)

    def fewer(self, most):
        """At most so many of the rows."""
        chosen, rows = evenly(self.rows, most), self.rows

        def taken(array):
            has = array.ndim > self.axis and array.shape[self.axis] == rows
            return np.take(array, chosen, self.axis) if has else array

        return replace(self, arrays=[taken(array) for array in self.arrays])


def batch_from(x, owner, time_major):
    """x as a Batch. owner: the Keras model, or None. Raises a sentence if it can't be poked."""
    arrays, put_together = take_apart(x)
    check_input(arrays)
    return Batch(arrays, put_together, 1 if time_major else 0, _takes_any_number(owner))


def evenly(n, most):
    """At most so many of the numbers below n, the first and the last among them."""
    most = max(1, min(n, most))
    return sorted({round(k) for k in np.linspace(0, n - 1, most)})


def _takes_any_number(owner):
    """Not if a state is held for each row, or if the number is declared."""
    if owner is None:
        return True
    import keras

    declared = keras.tree.flatten(getattr(owner, "inputs", None) or [])
    if any(tensor is not None and tensor.shape and tensor.shape[0] for tensor in declared):
        return False
    return not any(getattr(layer, "stateful", False) for layer in layers_of(owner))
