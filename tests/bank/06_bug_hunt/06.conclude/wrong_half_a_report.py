# expect: not_seen
def answer(report):
    """A report with gaps does not count."""
    if report.not_seen:
        return "look on"
    if report.faults:
        return "mend"
    return "ask" if report.questions else "look on"
