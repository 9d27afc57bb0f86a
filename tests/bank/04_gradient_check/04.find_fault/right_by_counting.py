def answer(table):
    """How many blocks are wrong, with one step and with two."""
    one, two = (sum(error > 1e-7 for error in table[T].values()) for T in (1, 2))
    if two == 10:
        return "no_sum"
    if one == 0:
        return {0: "right", 4: "dc_dropped", 6: "wrong_slice"}[two]
    if one == 4:
        return "c_squared"
    return "c_for_c_old" if table[1]["Wf"] > 1e-7 else "one_gate_sign"
