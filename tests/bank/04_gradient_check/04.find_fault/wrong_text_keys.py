# expect: raised
def answer(table):
    """The lengths as texts."""
    return "no_sum" if table["2"]["by"] > 1e-8 else "right"
