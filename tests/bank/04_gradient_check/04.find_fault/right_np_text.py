import numpy as np


def answer(table):
    """A text of NumPy's."""

    def at(T, block):
        return table[T][block] > 1e-8

    conditions = [
        at(2, "by"),
        at(1, "bf"),
        at(1, "bo"),
        at(1, "bi"),
        at(2, "bo"),
        at(2, "bi"),
        True,
    ]
    names = np.array(
        ["no_sum", "c_for_c_old", "one_gate_sign", "c_squared", "dh_dropped", "dc_dropped", "right"]
    )
    return names[np.argmax(conditions)]
