# expect: alarm
def answer(report):
    """The same by length."""
    return "mend" if len(report.found) > 0 else "look on"
