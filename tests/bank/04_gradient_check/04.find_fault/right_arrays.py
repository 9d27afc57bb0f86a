import numpy as np


def answer(table):
    """A truth table, read row by row."""
    blocks = ["Wf", "Wi", "Wc", "Wo", "Wy"]
    wrong = np.array([[table[T][block] > 1e-10 for block in blocks] for T in (1, 2, 20)])
    if not wrong.any():
        return "right"
    if wrong[1, 4]:
        return "no_sum"
    if wrong[0, 0]:
        return "c_for_c_old"
    if wrong[0, 1]:
        return "c_squared"
    if wrong[0, 3]:
        return "one_gate_sign"
    return ("dc_dropped", "dh_dropped")[int(wrong[1, 3])]
