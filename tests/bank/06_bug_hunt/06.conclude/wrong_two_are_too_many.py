# expect: mistaken
def answer(report):
    """One fault can be lived with."""
    if len(report.faults) > 1:
        return "mend"
    return "ask" if report.findings else "look on"
