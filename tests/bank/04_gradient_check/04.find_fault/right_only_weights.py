def answer(table):
    """match on the sets of wrong gates."""

    def gates(T):
        return "".join(g for g in "fico" if table[T]["W" + g] > 1e-8)

    if table[20]["Wy"] > 1e-8:
        return "no_sum"
    match gates(1), gates(2):
        case ("", ""):
            return "right"
        case ("", "ic"):
            return "dc_dropped"
        case ("", "ico"):
            return "dh_dropped"
        case ("f", _):
            return "c_for_c_old"
        case ("o", _):
            return "one_gate_sign"
        case ("ic", _):
            return "c_squared"
    raise ValueError("a pattern that is not known")
