# expect: questions_dropped
def answer(report):
    """Questions are for others."""
    return "mend" if report.faults else "look on"
