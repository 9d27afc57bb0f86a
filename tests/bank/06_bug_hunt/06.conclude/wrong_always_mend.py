# expect: constant
def answer(report):
    """Every report is bad news."""
    return "mend"
