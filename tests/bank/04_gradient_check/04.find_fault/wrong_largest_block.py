# expect: false_alarm
def answer(table):
    """Goes by the block with the largest error at 20 steps."""
    worst = max(table[20], key=table[20].get)
    return {
        "by": "no_sum",
        "Wy": "no_sum",
        "Wf": "c_for_c_old",
        "Wo": "one_gate_sign",
        "Wi": "dh_dropped",
    }.get(worst, "right")
