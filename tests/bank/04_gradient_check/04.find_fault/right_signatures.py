def answer(table):
    """A dictionary of what is wrong with one step and with two."""
    bits = "".join(str(int(table[T][b] > 1e-7)) for T in (1, 2) for b in ("Wf", "Wi", "Wo", "Wy"))
    return {
        "00000000": "right",
        "00001111": "no_sum",
        "10001110": "c_for_c_old",
        "00000110": "dh_dropped",
        "00000100": "dc_dropped",
        "01001110": "c_squared",
        "00100110": "one_gate_sign",
    }[bits]
