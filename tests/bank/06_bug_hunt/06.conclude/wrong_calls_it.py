# expect: raised
def answer(report):
    """Takes a property for a method."""
    return "mend" if report.faults() else "look on"
