# expect: raised
def answer(table):
    """Block first, then length."""
    return "no_sum" if table["by"][2] > 1e-8 else "right"
