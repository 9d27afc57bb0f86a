# expect: constant
def answer(report):
    """No report is enough."""
    return "look on"
