# expect: constant
def answer(table):
    """It learns, after all."""
    return "right"
