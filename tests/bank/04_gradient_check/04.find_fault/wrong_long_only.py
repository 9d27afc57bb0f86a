# expect: mistaken
def answer(table):
    """Reads the longest window only."""
    wrong = {T: {block for block in row if row[block] > 1e-8} for T, row in table.items()}
    if "by" in wrong[20]:
        return "no_sum"
    if "bf" in wrong[20] and "bi" not in wrong[20]:
        return "c_for_c_old"
    if "bo" in wrong[20]:
        return "one_gate_sign"
    if "bf" in wrong[20]:
        return "c_squared"
    if "bo" in wrong[20]:
        return "dh_dropped"
    return "dc_dropped" if wrong[20] else "right"
