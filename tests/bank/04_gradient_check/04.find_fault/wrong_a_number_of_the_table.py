# expect: hard_coded
def answer(table):
    """A range that was read off one table."""
    wrong = {T: {block for block in row if row[block] > 1e-8} for T, row in table.items()}
    if "by" in wrong[2]:
        return "no_sum"
    if "bf" in wrong[1]:
        return "c_for_c_old"
    if "bo" in wrong[1]:
        return "one_gate_sign"
    if "bf" in wrong[2]:
        return "c_squared" if 0.7 < table[2]["bf"] < 0.9 else "c_for_c_old"
    if "bo" in wrong[2]:
        return "dh_dropped"
    return "dc_dropped" if wrong[2] else "right"
